"""Rows of accounts and tokens. The constraints stand in the migrations."""

from piccolo.columns import UUID, Array, Bytea, ForeignKey, Text, Timestamptz
from piccolo.table import Table

from hackathon.store import ENGINE


class Account(Table, db=ENGINE, tablename="account"):
    """A person, or a program that acts for one."""

    id = UUID(primary_key=True)
    name = Text()
    email = Text(null=True, default=None)
    roles = Array(base_column=Text())
    created_at = Timestamptz()
    password_hash = Text(null=True, default=None)
    confirmed_at = Timestamptz(null=True, default=None)
    zone = Text(default="Asia/Jakarta")
    language = Text(default="id")
    claims = Text(null=True, default=None)


class ApiToken(Table, db=ENGINE, tablename="api_token"):
    """A bearer token: only its SHA-256 is kept."""

    id = UUID(primary_key=True)
    account_id = ForeignKey(Account, null=False)
    hash = Bytea()
    label = Text()
    created_at = Timestamptz()
    expires_at = Timestamptz(null=True, default=None)
    revoked_at = Timestamptz(null=True, default=None)
    last_used_at = Timestamptz(null=True, default=None)


class Consent(Table, db=ENGINE, tablename="consent"):
    """That a person agreed to a version of the privacy notice."""

    id = UUID(primary_key=True)
    account_id = ForeignKey(Account, null=False)
    version = Text()
    at = Timestamptz()


class AccountKey(Table, db=ENGINE, tablename="account_key"):
    """The key under which a person's data lies, sealed with the installation's. Without it the data is noise."""

    account_id = UUID(primary_key=True)
    sealed = Bytea()
    created_at = Timestamptz()


class AccountSecret(Table, db=ENGINE, tablename="account_secret"):
    """What is kept of a person under their own key."""

    account_id = UUID(primary_key=True)
    nip = Bytea()
    updated_at = Timestamptz()
