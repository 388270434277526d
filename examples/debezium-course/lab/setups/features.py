# What the whole implementation below the excerpt has by then: its imports, and features that it has computed.
from pyspark.sql import SparkSession
from pyspark.sql.functions import col, lit

features_df = SparkSession.builder.getOrCreate().createDataFrame(
    [(7, 1200.0, 12), (8, 80.5, 2)], "customer_id int, total_spend_30d double, order_count_30d int"
)
