# What the solution of the exercise has written: orders as Parquet, by the day on which they came.
_orders = spark.createDataFrame(
    [(12345, 7, 59.98, "pending", "c", 1736150400000), (12346, 8, 9.99, "paid", "u", 1736150401000)],
    "id int, customer_id int, total double, status string, _operation string, _cdc_timestamp long",
)
_orders.selectExpr("*", "current_timestamp() AS _processed_at", "current_date() AS _processed_date").write.mode(
    "overwrite"
).partitionBy("_processed_date").parquet("/data/lake/orders")
