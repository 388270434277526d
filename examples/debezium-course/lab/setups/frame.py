# A frame of orders, as one that was read from Kafka.
import pandas as pd

df = pd.DataFrame(
    {
        "name": ["John Doe", "Jane Smith", "Bob Johnson"],
        "total": [59.98, 999.99, 1079.98],
        "status": ["pending", "paid", "paid"],
        "ts_ms": [1736150400000, 1736150401000, 1736150402000],
    }
)
