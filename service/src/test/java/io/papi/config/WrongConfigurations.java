package io.papi.config;

import java.util.List;

/**
 * Wrong configurations, each with the one sentence that is said of it. A line is what is set and
 * what is said, with {@code =>} between; {@code $} stands for the test's folder, which has the
 * files that {@link WrongConfigurationsTest} makes.
 */
final class WrongConfigurations {
  /** Variables beside which nothing else is set. */
  static final List<String> VARIABLES =
      List.of(
          "PAPI_PROT=1 => PAPI_PROT is no key of this service: did you mean PAPI_PORT?",
          "PAPI_PORT=65536 => PAPI_PORT: port is 65536, not 0 to 65535",
          "PAPI_PORT=x => PAPI_PORT: port is x, not a whole number",
          "PAPI_PORT=-1 => PAPI_PORT: port is -1, not a whole number",
          "PAPI_ADMIN_PORT=8001 => PAPI_ADMIN_PORT: admin-port is 8001, as port is: give one of"
              + " them another",
          "PAPI_HOST=localhost => PAPI_HOST: host is localhost, not an address such as 127.0.0.1,"
              + " 0.0.0.0 or ::1",
          "PAPI_ADMIN_KEYS_SHA256=9F86 => PAPI_ADMIN_KEYS_SHA256: admin-keys-sha256 is 9F86, not 64"
              + " lower-case hexadecimal digits",
          "PAPI_ADMIN_KEYS_SHA256=e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
              + " => PAPI_ADMIN_KEYS_SHA256: admin-keys-sha256 has the hash of an empty key",
          "PAPI_HOST_NAMES=papi.example.com:443 => PAPI_HOST_NAMES: host-names is"
              + " papi.example.com:443, not a name such as papi.example.com or *.example.com,"
              + " without a port",
          "PAPI_TLS_CERTIFICATE_FILE=$/ec.p8 => PAPI_TLS_CERTIFICATE_FILE: tls-certificate-file"
              + " needs tls-private-key-file (PAPI_TLS_PRIVATE_KEY_FILE), which is not set",
          "PAPI_DATASETS_CUSTOMER_CORS_ORIGINS=https://shop.example/ =>"
              + " PAPI_DATASETS_CUSTOMER_CORS_ORIGINS: datasets.customer.cors-origins is"
              + " https://shop.example/, not an origin such as https://shop.example.com, in small"
              + " letters and without a path, or * for all",
          "PAPI_DATASETS_CUSTOMER_CORS_ORIGINS=*,https://shop.example =>"
              + " PAPI_DATASETS_CUSTOMER_CORS_ORIGINS: datasets.customer.cors-origins has * beside"
              + " others: leave it alone, or out",
          "PAPI_DEADLINE=0s => PAPI_DEADLINE: deadline is 0s, not 1 ms to 60000 ms",
          "PAPI_DEADLINE=1 => PAPI_DEADLINE: deadline is 1, not a duration such as 150ms, 20s, 3m"
              + " or 1h",
          "PAPI_DEADLINE=100ms => stale-after is 150ms, above the deadline of 100ms: lower it, or"
              + " raise the deadline",
          "PAPI_STALE_AFTER=2s => PAPI_STALE_AFTER: stale-after is 2s, above the deadline of 1s:"
              + " lower it, or raise the deadline",
          "PAPI_DATASETS_CUSTOMER_STALE_AFTER=2s => PAPI_DATASETS_CUSTOMER_STALE_AFTER:"
              + " datasets.customer.stale-after is 2s, above the deadline of 1s: lower it, or raise"
              + " the deadline",
          "PAPI_MAX_IDS=0 => PAPI_MAX_IDS: max-ids is 0, not 1 to 10000",
          "PAPI_STORE_MAX_PENDING=99 => PAPI_STORE_MAX_PENDING: store-max-pending is 99, fewer than"
              + " the max-ids of one request, 100: such a request would never be answered",
          "PAPI_STORE_MAX_BATCH=100 => PAPI_STORE_MAX_BATCH: store-max-batch is 100, not a power of"
              + " two",
          "PAPI_NEAR_MEMORY=64 => PAPI_NEAR_MEMORY: near-memory is 64, not a size such as 64 MiB",
          "PAPI_NEAR_MEMORY=1 KiB => PAPI_NEAR_MEMORY: near-memory is 1 KiB, less than 1048576 B",
          "PAPI_REDIS_EMBEDDED_MEMORY=999999999 GiB => PAPI_REDIS_EMBEDDED_MEMORY:"
              + " redis-embedded-memory is 999999999 GiB, more than 1099511627776 B",
          "PAPI_EMBEDDED_LATENCY_P50=20ms => embedded-latency-p99 is 0ms, not 20 ms to 60000 ms",
          "PAPI_JITTER=0.9 => PAPI_JITTER: jitter is 0.9, not 0 to 0.5",
          "PAPI_LOG_FORMAT=xml => PAPI_LOG_FORMAT: log-format is xml, not text or json",
          "PAPI_STORE=mysql => PAPI_STORE: store is mysql, not auto, embedded or snowflake",
          "PAPI_START_WAIT=forever => PAPI_START_WAIT: start-wait is forever, not a duration such"
              + " as 150ms, 20s, 3m or 1h",
          "PAPI_DATASETS_CUSTOMER_TABLE=A;B => PAPI_DATASETS_CUSTOMER_TABLE:"
              + " datasets.customer.table is A;B, not the name of a table",
          "PAPI_DATASETS_CUSTOMER_TABLE=A.B.C.D => PAPI_DATASETS_CUSTOMER_TABLE:"
              + " datasets.customer.table is A.B.C.D, not the name of a table",
          "PAPI_DATASETS_CUSTOMER_KEY=e-mail => PAPI_DATASETS_CUSTOMER_KEY: datasets.customer.key"
              + " is e-mail, not the name of a column",
          "PAPI_DATASETS_CUSTOMER_COLUMNS=A,A => PAPI_DATASETS_CUSTOMER_COLUMNS:"
              + " datasets.customer.columns has a column twice: A",
          "PAPI_DATASETS_CUSTOMER_COLUMNS=A,\"A\" => PAPI_DATASETS_CUSTOMER_COLUMNS:"
              + " datasets.customer.columns has a column twice: \"A\"",
          "PAPI_DATASETS_CUSTOMER_COLUMNS=A,\"B => PAPI_DATASETS_CUSTOMER_COLUMNS:"
              + " datasets.customer.columns is A,\"B, not the name of a column",
          "PAPI_DATASETS_CUSTOMER_KEY_TYPE=uuid => PAPI_DATASETS_CUSTOMER_KEY_TYPE:"
              + " datasets.customer.key-type is uuid, not whole or text",
          "PAPI_DATASETS_CUSTOMER_KEY_LENGTH=39 => PAPI_DATASETS_CUSTOMER_KEY_LENGTH:"
              + " datasets.customer.key-length is 39, not 1 to 38",
          "PAPI_DATASETS_CUSTOMER_ENABLED=yes => PAPI_DATASETS_CUSTOMER_ENABLED:"
              + " datasets.customer.enabled is yes, not true or false",
          "PAPI_DATASETS_CUSTOMER_ENABLED=false, PAPI_DATASETS_PRODUCT_ENABLED=false,"
              + " PAPI_DATASETS_STORE_ENABLED=false => datasets: none is enabled",
          "PAPI_ROWS=65000001 => PAPI_ROWS: rows is 65000001, not 1 to 65000000",
          "PAPI_EMBEDDED_TABLES_API_DATA_HYBRID_PRODUCT_ROWS=0 =>"
              + " PAPI_EMBEDDED_TABLES_API_DATA_HYBRID_PRODUCT_ROWS:"
              + " embedded-tables.API.DATA.HYBRID_PRODUCT.rows is 0, not 1 to 65000000",
          "PAPI_EMBEDDED_SCRIPTS=$/none.sql => PAPI_EMBEDDED_SCRIPTS: embedded-scripts: $/none.sql"
              + " cannot be read: there is no such file",
          "PAPI_REDIS=http://open-sesame => PAPI_REDIS: redis is not embedded, off, redis://… or"
              + " rediss://…: uri begins neither with redis:// nor with rediss://",
          "PAPI_REDIS=redis://:open#sesame@localhost:6379 => PAPI_REDIS: redis is not embedded,"
              + " off, redis://… or rediss://…: uri has a ? or # in it; in a password write %3F and"
              + " %23 for them",
          "PAPI_REDIS=redis://:open/sesame@localhost:6379 => PAPI_REDIS: redis is not embedded,"
              + " off, redis://… or rediss://…: uri names no host, or no port that is a number; in"
              + " a password write %2F for /",
          "PAPI_REDIS=redis://:open%sesame@localhost:6379 => PAPI_REDIS: redis is not embedded,"
              + " off, redis://… or rediss://…: uri: Malformed escape pair at index 13; in a"
              + " password write % and two hexadecimal digits for what is no letter or digit",
          "PAPI_REDIS=redis://:open-sesame@localhost:6379/db => PAPI_REDIS: redis is not embedded,"
              + " off, redis://… or rediss://…: uri's path is not the number of a database; in a"
              + " password write %2F for /",
          "PAPI_REDIS=redis://:open-sesame@ => PAPI_REDIS: redis is not embedded, off, redis://… or"
              + " rediss://…: uri names no host; in a password write %2F for /",
          "PAPI_REDIS=${REDIS} => PAPI_REDIS: redis is a substitution that is not made: only a"
              + " configuration file has them, and only outside of double quotes, as in password ="
              + " ${PW}",
          "PAPI_REDIS_FILE=$/none => PAPI_REDIS_FILE: redis: $/none cannot be read: there is no"
              + " such file",
          "PAPI_PORT_FILE=$/none => PAPI_PORT_FILE is no key of this service",
          "PAPI_CONFIG=$/none.conf => PAPI_CONFIG: $/none.conf cannot be read: there is no such"
              + " file",
          "PAPI_CONFIG=$ => PAPI_CONFIG: $ cannot be read: it is a directory, not a file",
          "PAPI_CONFIG=$/latin-1.conf => $/latin-1.conf is not text in UTF-8: save it as that",
          "PAPI_CONFIG=$/papi.yaml => $/papi.yaml:2 is not HOCON here, or on a line before: YAML"
              + " has to be rewritten, as in service/examples",
          "PAPI_CONFIG=$/papi.txt => $/papi.txt:1: max-ids is 0, not 1 to 10000");

  /** Variables beside those of a store in Snowflake. */
  static final List<String> SIGN_INS =
      List.of(
          "SNOWFLAKE_ACCOUNT= => snowflake.account (SNOWFLAKE_ACCOUNT) is not set",
          "SNOWFLAKE_ACCOUNT=acme.snowflakecomputing.com => SNOWFLAKE_ACCOUNT: snowflake.account is"
              + " acme.snowflakecomputing.com, not an account's identifier: write acme",
          "SNOWFLAKE_ACCOUNT=https://acme.eu-west-1.snowflakecomputing.com/console =>"
              + " SNOWFLAKE_ACCOUNT: snowflake.account is"
              + " https://acme.eu-west-1.snowflakecomputing.com/console, not an account's"
              + " identifier: write acme.eu-west-1",
          "SNOWFLAKE_ACCOUNT=https://app.snowflake.com/myorg/my_acct => SNOWFLAKE_ACCOUNT:"
              + " snowflake.account is https://app.snowflake.com/myorg/my_acct, not an account's"
              + " identifier: write myorg-my_acct",
          "SNOWFLAKE_ACCOUNT=my org => SNOWFLAKE_ACCOUNT: snowflake.account is my org, not an"
              + " account's identifier, as in myorg-myaccount",
          "SNOWFLAKE_HOST=https://acme.snowflakecomputing.com => SNOWFLAKE_HOST: snowflake.host is"
              + " https://acme.snowflakecomputing.com, not a host's name: write"
              + " acme.snowflakecomputing.com",
          "SNOWFLAKE_HOST=acme.snowflakecomputing.com:443 => SNOWFLAKE_HOST: snowflake.host is"
              + " acme.snowflakecomputing.com:443, not a host's name, as in"
              + " myorg-myaccount.snowflakecomputing.com",
          "SNOWFLAKE_PORT=0 => SNOWFLAKE_PORT: snowflake.port is 0, not 1 to 65535",
          "SNOWFLAKE_PROTOCOL=http => SNOWFLAKE_PROTOCOL: snowflake.protocol is http, which is for"
              + " an emulator on this machine, not for acme.snowflakecomputing.com",
          "SNOWFLAKE_PASSWORD= => SNOWFLAKE_USER: snowflake.user is set, but none of"
              + " snowflake.password (SNOWFLAKE_PASSWORD), snowflake.private-key-file"
              + " (SNOWFLAKE_PRIVATE_KEY_FILE) and snowflake.token (SNOWFLAKE_TOKEN) is set",
          "SNOWFLAKE_USER= => SNOWFLAKE_PASSWORD: snowflake.password is set, but snowflake.user"
              + " (SNOWFLAKE_USER) is not",
          "SNOWFLAKE_TOKEN=open-sesame => snowflake.password (SNOWFLAKE_PASSWORD) and"
              + " snowflake.token (SNOWFLAKE_TOKEN) are set: there is one way to sign in, leave the"
              + " others out",
          "SNOWFLAKE_PASSWORD=${PW} => SNOWFLAKE_PASSWORD: snowflake.password is a substitution"
              + " that is not made: only a configuration file has them, and only outside of double"
              + " quotes, as in password = ${PW}",
          "SNOWFLAKE_PASSWORD=open\uFFFDsesame => SNOWFLAKE_PASSWORD: snowflake.password has"
              + " characters that cannot be read: write a file in UTF-8, and start with"
              + " LC_ALL=C.UTF-8 or give a secret by its file",
          "SNOWFLAKE_PASSWORD_FILE=$/password => SNOWFLAKE_PASSWORD_FILE: snowflake.password is set"
              + " by SNOWFLAKE_PASSWORD too: leave one of them out",
          "SNOWFLAKE_PRIVATE_KEY_PASSPHRASE=open sesame => SNOWFLAKE_PRIVATE_KEY_PASSPHRASE:"
              + " snowflake.private-key-passphrase is set, but snowflake.private-key-file"
              + " (SNOWFLAKE_PRIVATE_KEY_FILE) is not",
          "SNOWFLAKE_PASSWORD=, SNOWFLAKE_TOKEN=open sesame => SNOWFLAKE_TOKEN: snowflake.token has"
              + " a blank or another character that none has: copy it again",
          "SNOWFLAKE_PASSWORD=, SNOWFLAKE_TOKEN_FILE=$/none => SNOWFLAKE_TOKEN_FILE:"
              + " snowflake.token: $/none cannot be read: there is no such file",
          "SNOWFLAKE_PASSWORD=, SNOWFLAKE_TOKEN_FILE=$ => SNOWFLAKE_TOKEN_FILE: snowflake.token: $"
              + " cannot be read: it is a directory",
          "SNOWFLAKE_PASSWORD=, SNOWFLAKE_TOKEN_FILE=$/empty => SNOWFLAKE_TOKEN_FILE:"
              + " snowflake.token: $/empty is empty",
          "SNOWFLAKE_PASSWORD=, SNOWFLAKE_TOKEN_FILE=$/two-lines => SNOWFLAKE_TOKEN_FILE:"
              + " snowflake.token: $/two-lines has 2 lines: a secret is one line",
          "SNOWFLAKE_PASSWORD=, SNOWFLAKE_TOKEN_FILE=$/byte-order-mark => SNOWFLAKE_TOKEN_FILE:"
              + " snowflake.token: $/byte-order-mark begins with a byte order mark: save it as"
              + " UTF-8 without one",
          "SNOWFLAKE_PASSWORD=, SNOWFLAKE_TOKEN_FILE=$/latin-1.conf => SNOWFLAKE_TOKEN_FILE:"
              + " snowflake.token: $/latin-1.conf is not text in UTF-8: save it as that",
          "SNOWFLAKE_PASSWORD=, SNOWFLAKE_TOKEN_FILE=$/large => SNOWFLAKE_TOKEN_FILE:"
              + " snowflake.token: $/large is larger than 65536 bytes",
          "SNOWFLAKE_PASSWORD=, SNOWFLAKE_PRIVATE_KEY_FILE=$/none => SNOWFLAKE_PRIVATE_KEY_FILE:"
              + " snowflake.private-key-file: $/none cannot be read: there is no such file",
          "SNOWFLAKE_PASSWORD=, SNOWFLAKE_PRIVATE_KEY_FILE=$/ec.p8 => SNOWFLAKE_PRIVATE_KEY_FILE:"
              + " snowflake.private-key-file: $/ec.p8 is a key of the kind ECDSA: an RSA private"
              + " key in PEM form is needed",
          "SNOWFLAKE_PASSWORD=, SNOWFLAKE_PRIVATE_KEY_FILE=$/public.pem =>"
              + " SNOWFLAKE_PRIVATE_KEY_FILE: snowflake.private-key-file: $/public.pem is a public"
              + " key: an RSA private key in PEM form is needed",
          "SNOWFLAKE_PASSWORD=, SNOWFLAKE_PRIVATE_KEY_FILE=$/cut.p8 => SNOWFLAKE_PRIVATE_KEY_FILE:"
              + " snowflake.private-key-file: $/cut.p8 is cut off: its END line is missing",
          "SNOWFLAKE_PASSWORD=, SNOWFLAKE_PRIVATE_KEY_FILE=$/encrypted.p8 =>"
              + " SNOWFLAKE_PRIVATE_KEY_FILE: snowflake.private-key-file: $/encrypted.p8 is"
              + " encrypted: set snowflake.private-key-passphrase"
              + " (SNOWFLAKE_PRIVATE_KEY_PASSPHRASE)",
          "SNOWFLAKE_PASSWORD=, SNOWFLAKE_PRIVATE_KEY_FILE=$/encrypted.p8,"
              + " SNOWFLAKE_PRIVATE_KEY_PASSPHRASE=open sesame => SNOWFLAKE_PRIVATE_KEY_FILE:"
              + " snowflake.private-key-file: $/encrypted.p8 is not to be decrypted: the passphrase"
              + " is wrong");

  /** Lines of a configuration file. */
  static final List<String> LINES =
      List.of(
          "prot = 1 => $/wrong.conf:2: prot is no key of this service: did you mean port?",
          "snowflake.acount = x => $/wrong.conf:2: snowflake.acount is no key of this service: did"
              + " you mean snowflake.account?",
          "datasets.customer.colour = red => $/wrong.conf:2: datasets.customer.colour is no key of"
              + " this service: did you mean datasets.customer.columns?",
          "dataset.customer.table = T => $/wrong.conf:2: dataset is no key of this service: did you"
              + " mean datasets?",
          "port = [1] => $/wrong.conf:2: port is a list, not one value",
          "port { a = 1 } => $/wrong.conf:2: port is an object, not a value",
          "snowflake = x => $/wrong.conf:2: snowflake is a value, not a section with keys of its"
              + " own",
          "datasets.customer = x => $/wrong.conf:2: datasets.customer is a value, not a section"
              + " with keys of its own",
          "datasets.customer.columns { a = 1 } => $/wrong.conf:2: datasets.customer.columns is an"
              + " object, not a list",
          "datasets.customer.columns = [C_LOGIN, a b] => $/wrong.conf:2: datasets.customer.columns"
              + " is a b, not the name of a column",
          "datasets.customer.shape = tree => $/wrong.conf:2: datasets.customer.shape is tree, not"
              + " array, object or map",
          "datasets.customer.missing = null_ => $/wrong.conf:2: datasets.customer.missing is null_,"
              + " not omit, not-found or default",
          "datasets.customer.missing = default => $/wrong.conf:2: datasets.customer.missing is"
              + " default, but there is no default-row: write one, or omit or not-found",
          "datasets.customer.default-row = x => $/wrong.conf:2: datasets.customer.default-row is a"
              + " value, not a section with keys of its own",
          "datasets.customer.default-row { C_LOGIN = [x] } => $/wrong.conf:2:"
              + " datasets.customer.default-row.C_LOGIN is a list, not one value",
          "datasets.customer.default-row { C_LOGIN = \"${X}\" } => $/wrong.conf:2:"
              + " datasets.customer.default-row.C_LOGIN is a substitution that is not made: only a"
              + " configuration file has them, and only outside of double quotes, as in password ="
              + " ${PW}",
          "datasets.customer { columns = [C_LOGIN, C_CUSTOMER_SK], default-row { C_NAME = x } } =>"
              + " $/wrong.conf:2: datasets.customer.default-row.C_NAME is no column of this"
              + " dataset: it has C_LOGIN, C_CUSTOMER_SK",
          "datasets.customer.default-row { C_CUSTOMER_SK = 7 } => $/wrong.conf:2:"
              + " datasets.customer.default-row.C_CUSTOMER_SK is the key column, which always has"
              + " the id: leave it out",
          "datasets.customer { columns = [c_customer_sk, C_LOGIN], default-row { c_customer_sk = 7"
              + " } } => $/wrong.conf:2: datasets.customer.default-row.c_customer_sk is the key"
              + " column, which always has the id: leave it out",
          "datasets.store { key = s_store_sk, default-row { S_STORE_SK = 7 } } => $/wrong.conf:2:"
              + " datasets.store.default-row.S_STORE_SK is the key column, which always has the"
              + " id: leave it out",
          "datasets.customer.views = [C_LOGIN] => $/wrong.conf:2: datasets.customer.views is a"
              + " value, not a section with keys of its own",
          "datasets.customer.views { Mail = [C_LOGIN] } => $/wrong.conf:2:"
              + " datasets.customer.views.Mail: a view's name is lower-case letters, digits and -",
          "datasets.customer.views { mail = [] } => $/wrong.conf:2: datasets.customer.views.mail"
              + " has no column",
          "datasets.customer.views { mail = [C_LOGIN, \"\\\"C_LOGIN\\\"\"] } => $/wrong.conf:2:"
              + " datasets.customer.views.mail has a column twice: \"C_LOGIN\"",
          "datasets.customer.views { mail = [a b] } => $/wrong.conf:2:"
              + " datasets.customer.views.mail is a b, not the name of a column",
          "datasets.customer { columns = [C_LOGIN], views { mail = [C_NAME] } } => $/wrong.conf:2:"
              + " datasets.customer.views.mail has C_NAME, which is no column of this dataset: it"
              + " has C_LOGIN",
          "datasets.customer.table = a b => $/wrong.conf:2: datasets.customer.table is a b, not the"
              + " name of a table",
          "datasets.Upper { table = T, key = K, columns = [K] } => $/wrong.conf:2: datasets.Upper:"
              + " a dataset's name is lower-case letters, digits and -, not test or docs",
          "datasets.test { table = T, key = K, columns = [K] } => $/wrong.conf:2: datasets.test: a"
              + " dataset's name is lower-case letters, digits and -, not test or docs",
          "datasets.docs { table = T, key = K, columns = [K] } => $/wrong.conf:2: datasets.docs: a"
              + " dataset's name is lower-case letters, digits and -, not test or docs",
          "datasets.second { table = T, key = K, key-type = text, columns = [K] } =>"
              + " $/wrong.conf:2: datasets.second.key-length (PAPI_DATASETS_SECOND_KEY_LENGTH) is"
              + " not set",
          "datasets.second { table = T } => $/wrong.conf:2: datasets.second.key"
              + " (PAPI_DATASETS_SECOND_KEY) is not set",
          "embedded-tables.T { from = tpcds.custmer } => $/wrong.conf:2: embedded-tables.T.from is"
              + " tpcds.custmer: that generator has no such table. Did you mean tpcds.customer?",
          "embedded-tables.T { from = tpch.x } => $/wrong.conf:2: embedded-tables.T.from is tpch.x:"
              + " that generator has no such table. A file of that name is written ./tpch.x",
          "embedded-tables.T { rows = 1 } => $/wrong.conf:2: embedded-tables.T.from"
              + " (PAPI_EMBEDDED_TABLES_T_FROM) is not set",
          "embedded-tables.T { from = customer } => $/wrong.conf:2: embedded-tables.T.from:"
              + " $/customer cannot be read: there is no such file. A generator's table is written"
              + " tpcds.customer or tpch.customer",
          "embedded-tables.T { from = none.csv } => $/wrong.conf:2: embedded-tables.T.from:"
              + " $/none.csv cannot be read: there is no such file",
          "embedded-tables.T { from = tpch.part, rows = 65000001 } => $/wrong.conf:2:"
              + " embedded-tables.T.rows is 65000001, not 1 to 65000000",
          "embedded-tables.T { from = tpch.part, scale = 0 } => $/wrong.conf:2:"
              + " embedded-tables.T.scale is 0, not 1 to 100000",
          "embedded-tables.T { from = tpch.part, types { a = text } } => $/wrong.conf:2:"
              + " embedded-tables.T.types is for a file, not for the tables of a generator",
          "embedded-tables.T { from = papi.txt, scale = 1 } => $/wrong.conf:2:"
              + " embedded-tables.T.scale is for the tables of a generator, not for a file",
          "embedded-tables.T { from = papi.txt, types { a = int } } => $/wrong.conf:2:"
              + " embedded-tables.T.types.a is int, not TEXT, VARCHAR(n), NUMBER(digits, digits"
              + " behind the point), FLOAT, BOOLEAN, DATE, TIME, TIMESTAMP or TIMESTAMP_TZ",
          "embedded-tables.T { from = papi.txt, types = text } => $/wrong.conf:2:"
              + " embedded-tables.T.types is a value, not a section with keys of its own",
          "embedded-tables { \"A-B\" { from = papi.txt } } => $/wrong.conf:2: embedded-tables: A-B"
              + " is not the name of a table",
          "embedded-tables { \"MY.DATA.T\" { from = papi.txt } } => $/wrong.conf:2:"
              + " embedded-tables: MY.DATA.T: the embedded store has one database, API: write"
              + " API.DATA.T",
          "embedded-tables { T { from = papi.txt }, \"data.t\" { from = papi.txt } } =>"
              + " $/wrong.conf:2: embedded-tables: T and data.t are the same table, API.DATA.T",
          "embedded-scripts = [a.sql] => $/wrong.conf:2: embedded-scripts: $/a.sql cannot be read:"
              + " there is no such file",
          "embedded-scripts { a = 1 } => $/wrong.conf:2: embedded-scripts is an object, not a list",
          "redis = \"${REDIS}\" => $/wrong.conf:2: redis is a substitution that is not made: only a"
              + " configuration file has them, and only outside of double quotes, as in password ="
              + " ${PW}",
          "redis = ${REDIS} => $/wrong.conf:2 refers to REDIS, which is not set: set it, or write"
              + " ${?…}",
          "redis = redis://:open$sesame@localhost => $/wrong.conf:2 is not HOCON here, or on a line"
              + " before: look for a bracket or quote that is not closed, and put double quotes"
              + " around a value with other characters than letters, digits, blanks and - _ . / %",
          "port = { => $/wrong.conf:3 is not HOCON here, or on a line before: look for a bracket or"
              + " quote that is not closed, and put double quotes around a value with other"
              + " characters than letters, digits, blanks and - _ . / %",
          "port = \"8001 => $/wrong.conf:2 is not HOCON here, or on a line before: look for a"
              + " bracket or quote that is not closed, and put double quotes around a value with"
              + " other characters than letters, digits, blanks and - _ . / %",
          "max-ids = 0x10 => $/wrong.conf:2: max-ids is 0x10, not a whole number");

  private WrongConfigurations() {}
}
