# A batch of features, and the imports of the function that is given it.
from pyspark.sql import SparkSession
from pyspark.sql.functions import mean, stddev

batch_df = SparkSession.builder.getOrCreate().createDataFrame(
    [(7, 1200.0), (8, 80.5)], "customer_id int, total_spend_30d double"
)
