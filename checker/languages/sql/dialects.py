"""Which dialect SQL code is in, by the fence's language, by what the code says, or by the configuration."""

import re
from functools import lru_cache

from checker.patterns import regex

POSTGRES = "postgres"

# What fences say -> what sqlglot calls it; None where no parser here knows it.
FENCES: dict[str, str | None] = {
    "sql": "",
    "postgres": POSTGRES,
    "postgresql": POSTGRES,
    "pgsql": POSTGRES,
    "plpgsql": POSTGRES,
    "mysql": "mysql",
    "mariadb": "mysql",
    "bigquery": "bigquery",
    "sqlite": "sqlite",
    "tsql": "tsql",
    "duckdb": "duckdb",
    "snowflake": "snowflake",
    "clickhouse": "clickhouse",
    "sparksql": "spark",
    "trino": "trino",
    "flinksql": None,
    "flink-sql": None,
    "ksql": None,
    "ksqldb": None,
    "plsql": None,
    "cql": None,
}

# What begins a statement tells most and is asked first, since to compile the rest takes long. Both are asked
# of code in capitals: to compile them for letters of any case takes twice as long.
_OTHER_STATEMENTS = r"""
      `|\\G\b|@@|'\s*@\s*'|@\w|\[\w[\w ]*\](?!\s*=)
    | ^[ \t]*(?:USE|FLUSH|PURGE|DESC|DESCRIBE|RENAME|CHANGE|STOP|START\s+(?:SLAVE|REPLICA)|KILL
        |REPLACE|DELIMITER|HANDLER|OPTIMIZE
        |REPAIR|PRAGMA|ATTACH|EXEC|GO|PRINT|UNLOAD|MSCK|ASSERT|EXPORT|ADD\s+JAR|EMIT|LIST|PUT|GET
        |UNCACHE|BACKUP|RESTORE|SOURCE|LOCK\s+TABLES|LOAD\s+\w+|IMPORT\s+TABLE
        |DO\s+SLEEP|COMMIT\s+WRITE|VACUUM\s+INTO|ANALYZE\s+COMPRESSION)\b
    | \bSHOW\s+(?!ALL\b)(?:\w+\s+\w|DATABASES|TABLES|PROCESSLIST|CATALOGS|FUNCTIONS|STREAMS|TOPICS
        |QUERIES|COLUMNS|INDEX)
    | \bSET\s+(?:GLOBAL|PERSIST|SESSION\s+(?!CHARACTERISTICS|AUTHORIZATION)|'|\w+(?:\.\w+)*\s*;)
    | \bRESET\s+(?:SLAVE|REPLICA|MASTER|BINARY)|\bREINDEX\s+\w+\s*;
    """
_OTHER_WORDS = r"""
      \b(?:ENGINE|CHARSET|ALGORITHM|LOCK|COLLATE)\s*=|\bAUTO_?INCREMENT\b|\bUNSIGNED\b|\bTINYINT
        |\bMEDIUM\w+|\bLONGTEXT|\bDATETIME\b
    | \bON\s+DUPLICATE\s+KEY|\bMODIFY\s+|\bIDENTIFIED\s+(?:BY|WITH)|\b(?:INSERT|DELETE
        |UPDATE)\s+(?:IGNORE|LOW_PRIORITY|DELAYED|OVERWRITE|OR\b)
    | \bON\s+UPDATE\s+CURRENT_TIMESTAMP|\bFOR\s+EACH\s+ROW\s+(?!EXECUTE)\w|\bLOAD\s+DATA
        |\bDATE_(?:SUB|ADD)\s*\(|\bIFNULL\s*\(|\bGROUP_CONCAT
    | \bCALL\s+[\w.]+\s*(?:;|$)|\bLIMIT\s+\d+\s*,|\bINDEX\s+\w+\s*\(|\b(?:UNIQUE\s+)?KEY\s+\w+\s*\(
    | \bINTERVAL\s+[\w+(-]|\bINTERVAL\s+'[^']*'\s+\w+S\b|\bDUAL\b
    | \bWATERMARK\s+FOR|\bWITH\s*\(\s*'|\bWITH\s*\(\s*\w+(?:\.\w+)*\s*=\s*'|\b(?:HOP|TUMBLE|SESSION
        |CUMULATE)(?:_START|_END|_ROWTIME)?\s*\(
    | \bTABLE\s*\(\s*\w+|\bPROCTIME\b|\bMATCH_RECOGNIZE|\bSYSTEM_TIME\b|\bMETADATA\b
        |\bEMIT\s+(?:CHANGES|FINAL)|\bNOT\s+ENFORCED
    | \bCREATE\s+(?:OR\s+REPLACE\s+)?(?:STREAM|SINK|SOURCE|CATALOG|CONNECTOR|TASK|STAGE|PIPE
        |WAREHOUSE|EXTERNAL|DICTIONARY|SNAPSHOT|MODEL|TEMP(?:ORARY)?\s+FUNCTION|KEYSPACE)\b
    | \b(?:ROW|MAP|ARRAY|STRUCT)\s*<|\bSTRUCT\b|\bSTRING\b|\bU?INT\d+\b(?<!\bINT[248])|\bFLOAT64\b
        |\bBYTES\b|\bOPTIONS\s*\(
    | \bQUALIFY\b|\bSAFE_\w+|\bPIVOT\b|\bLATERAL\s+VIEW|\bEXCEPT\s*\(|\bEXCLUDE\b|\b(?:CLUSTER
        |DISTRIBUTE|PARTITIONED|SORT)\s+BY
    | \bUSING\s+(?:DELTA|ICEBERG|PARQUET|HUDI)|\bTBLPROPERTIES|\bSTORED\s+AS|\bMERGETREE
        |\bCOPY\s+INTO|\bVARIANT\b|\bFORMAT\s+\w+
    | \bSELECT\s+TOP\b|\bN?VARCHAR2?\s*\(\s*(?:MAX|\d+\s+(?:BYTE|CHAR))|\bNVARCHAR|\bNUMBER\b
        |\bROWNUM|\bCONNECT\s+BY|\bIDENTITY\s*\(|\bGETDATE|\bDATEADD
    | \bNOLOCK|\bBEGIN\s+TRAN|\bDECLARE\s+@|\bSYSDATE|\bNVL\s*\(|\bMINUS\b|\bVERSION\s+AS\s+OF
        |\bTIMESTAMP\s+AS\s+OF|\bALL\s+COLUMNS
    | \b(?:EXECUTE|BEGIN)\s+STATEMENT\s+SET\b|\bEXPLAIN\s+(?:CHANGELOG_MODE|ESTIMATED_COST|JSON_EXECUTION_PLAN
        |PLAN_ADVICE|PLAN\s+FOR|FORMATTED|CODEGEN|PIPELINE|SYNTAX|AST|ESTIMATE)\b
    | \bPARTITION\s+FIELD\b|\bWRITE\s+(?:ORDERED|DISTRIBUTED)\b|\bCALL\s+\w+\.\w+\.\w+\s*\(
    | \bFUNCTION\s+(?:IF\s+NOT\s+EXISTS\s+)?[\w.]+\s+AS\b|\bPREPARE\s+\w+\s+FROM\b
    | \bDELETE\s+TOPIC\b|\bCONNECTOR\b|\bOR\s+REFRESH\b|\b(?:STREAMING|LIVE)\s+TABLE\b
        |\bWINDOW\s*\(\s*[\w.]+\s*,
    | \bWITH\s+(?:TOTALS|FILL)\b|\bSAMPLE\s+BY\b|\bLATEST\s+ON\b|\bNOW\(\)\s*-\s*\d+[SMHDW]\b
        |\bROUTINE\s+LOAD\b|\bDISTRIBUTED\s+BY\b|\bAPPROXIMATE\s+COUNT\b
    | \bALTER\s+TABLE\s+[\w.]+\s+(?:UPDATE|DELETE|MATERIALIZE|FREEZE|CHANGE|RECOVER|TRUNCATE|REORGANIZE|MOVE
        |CREATE|REPLACE|WITH\s+(?:NO)?CHECK|(?:DIS|EN)ABLE\s+(?:KEYS|ROW\s+MOVEMENT)|ADD\s+PROJECTION
        |ATTACH\s+PARTITION\s+\d+|SET\s+IDENTIFIER)\b
    | \bALTER\s+(?:TASK|WAREHOUSE|PLUGGABLE|INSTANCE)\b|\bREBUILD\b|\bACCOUNT\s+(?:UN)?LOCK\b
        |\bSET\s+(?:PASSWORD\s+FOR|RECOVERY|IDENTITY_INSERT|\w+_SNAPSHOT(?:_ISOLATION)?)\b
    | \bCREATE\s+(?:CONNECTION|SECRET|CLUSTER|FLOW|LOGIN|DIRECTORY|DEFINER|FULLTEXT|SPATIAL
        |EVENT\s+(?!TRIGGER)|DEFAULT\s+INDEX)\b|\bON\s+\w+\s+BEGIN\b|\bUSING\s+(?:BTREE|HASH)\s+ON\b
    | \.\*\s+TO\b|\bREPLICATION\s+(?:SLAVE|CLIENT)\b|\bANY\s+TABLE\s+TO\b|\bSCHEMA\s*::|\bVIEW\s+SERVER\b
        |\b(?:CREATE\s+SESSION|LOGMINING)\s+TO\b|\bQUOTA\s|\bADD\s+MEMBER\b|\bFOR\s+LOGIN\b
    | \bLIMIT\s+\d+\s+BY\b|\bINTO\s+(?:OUT|DUMP)FILE\b|\bALLOW\s+FILTERING\b|\bWITHIN\s+\d
        |\bFROM\s+STREAM\b|\bCHANGETABLE\b|\bLAMBDA\s+\w+\s*:|\w\#\#\w|\bDBMS_\w|=\s*\d+[KMG]\b
    | \bEXPLAIN\s+(?:COST|QUERY\s+PLAN|\w+\s*=)|\bRETAIN\s+\d|\bWITHOUT\s+ROWID\b|\bFORCE\s+LOGGING\b
        |\bCONSISTENT\s+SNAPSHOT\b|\b(?:BEGIN|END)\s+(?:TRY|CATCH)\b
    | \bSUPPLEMENTAL\s+LOG\b|\bALTER\s+SESSION\b|\bDATAFILE\b|\bLOGFILE\b|\bARCHIVELOG\b
    """
_TEXT_OR_COMMENT = regex(r"--[^\n]*|/\*.*?(?:\*/|\Z)|'[^']*'", re.DOTALL)


_NOT_POSTGRES = tuple(regex(each, re.VERBOSE | re.MULTILINE) for each in (_OTHER_STATEMENTS, _OTHER_WORDS))


# A lesson's other blocks are asked about for each of its blocks that PostgreSQL refuses.
@lru_cache(maxsize=256)
def is_marked(code: str) -> bool:
    """Whether something in the code is certainly not PostgreSQL's: words, quotes, types of other dialects."""
    hollow = _TEXT_OR_COMMENT.sub(_hollow, code).upper()
    return any(each.search(hollow) for each in _NOT_POSTGRES)


def _hollow(found: re.Match[str]) -> str:
    """Nothing for a comment, an empty text for a text."""
    return "''" if found[0][0] == "'" else " "
