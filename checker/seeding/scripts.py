"""Tables and rows that a course's SQL scripts create.

PostgreSQL's own parser reads the scripts; nothing is executed here.
"""

from collections.abc import Iterable
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from checker.seeding.debezium.sql_types import COMPUTED, Declared, make_column
from checker.seeding.debezium.table import Column, Row
from checker.seeding.debezium.values import to_column


class ScriptTable(Struct, frozen=True):
    """A table's columns, and the literal values of the rows that are inserted."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


def find_tables(scripts: Iterable[str]) -> dict[str, ScriptTable]:
    """The tables of the scripts by schema and name, such as `public.orders`.

    A script that is not SQL creates none: PostgreSQL itself will refuse it. Tables with a column of an
    unknown type are left out. Raises ImportError when pglast is not installed.
    """
    import pglast
    from pglast import ast

    columns: dict[str, tuple[Column, ...]] = {}
    rows: dict[str, list[Row]] = {}
    for script in scripts:
        try:
            statements = pglast.parse_sql(script)
        except (pglast.parser.ParseError, RecursionError, ValueError):
            continue
        for each in statements:
            if isinstance(each.stmt, ast.CreateStmt):
                found = _columns(each.stmt)
                if found:
                    columns[_name(each.stmt.relation)] = found
            elif isinstance(each.stmt, ast.InsertStmt):
                name = _name(each.stmt.relation)
                rows.setdefault(name, []).extend(_inserted(each.stmt, columns.get(name, ())))
    return {name: ScriptTable(found, tuple(rows.get(name, ()))) for name, found in columns.items()}


def _name(relation: Any) -> str:
    return f"{relation.schemaname or 'public'}.{relation.relname}"


def _columns(statement: Any) -> tuple[Column, ...]:
    """The columns of a CREATE TABLE; empty when one of them is not understood."""
    from pglast import ast, enums

    keys = {
        key.sval
        for each in statement.tableElts or ()
        if isinstance(each, ast.Constraint) and each.contype == enums.ConstrType.CONSTR_PRIMARY
        for key in each.keys or ()
    }
    found = []
    for each in statement.tableElts or ():
        if isinstance(each, ast.ColumnDef):
            try:
                found.append(_column(each, keys))
            except ValueError:
                return ()
    return tuple(found)


def _column(definition: Any, keys: set[str]) -> Column:
    from pglast import enums

    said = {each.contype: each for each in definition.constraints or ()}
    kinds = enums.ConstrType
    default = said.get(kinds.CONSTR_DEFAULT)
    sizes = [_constant(size) for size in definition.typeName.typmods or ()]
    declared = Declared(
        definition.typeName.names[-1].sval,
        tuple(size for size in sizes if isinstance(size, int)),
        key=kinds.CONSTR_PRIMARY in said or definition.colname in keys,
        required=kinds.CONSTR_NOTNULL in said or kinds.CONSTR_IDENTITY in said,
        default=None if default is None else _constant(default.raw_expr),
        array=bool(definition.typeName.arrayBounds),
    )
    try:
        return make_column(definition.colname, declared, "postgresql")
    except ValueError:  # PostgreSQL has more ways to write a default
        return make_column(definition.colname, replace(declared, default=None), "postgresql")


def _constant(node: Any) -> Any:
    """The literal value in a script; COMPUTED when the database has to compute it."""
    from pglast import ast

    if isinstance(node, ast.TypeCast):
        return _constant(node.arg)
    if not isinstance(node, ast.A_Const):
        return COMPUTED
    if node.isnull:
        return None
    kinds = ((ast.Integer, "ival"), (ast.Float, "fval"), (ast.Boolean, "boolval"), (ast.String, "sval"))
    return next((getattr(node.val, name) for kind, name in kinds if isinstance(node.val, kind)), COMPUTED)


def _inserted(statement: Any, columns: tuple[Column, ...]) -> list[Row]:
    """The rows of an INSERT with VALUES, without values that are not literals."""
    named = {column.name: column for column in columns}
    names = [each.name for each in statement.cols or ()] or list(named)
    values = getattr(statement.selectStmt, "valuesLists", None) or ()
    found = []
    for row in values:
        given: Row = {}
        for name, node in zip(names, row, strict=False):
            value = _constant(node)
            if value is COMPUTED or name not in named:
                continue
            try:
                given[name] = to_column(named[name], value)
            except ValueError:
                continue  # PostgreSQL has more ways to write a value; this one is generated
        found.append(given)
    return found
