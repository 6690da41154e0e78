-- Roles, database, schemas. Run first, as a user who holds ACCOUNTADMIN. May be run again.
--
-- Three roles, because a token that calls the API must not be able to drop the table:
--   DATA_API_OWNER   loads, owns and swaps the tables; no service and no caller holds it
--   DATA_API_ROLE    owns the service, whose containers therefore act with it; reads the tables
--   DATA_API_CALLER  may reach the public endpoint, and nothing else

USE ROLE USERADMIN;

CREATE ROLE IF NOT EXISTS DATA_API_OWNER COMMENT = 'Papi: loads, owns and swaps the tables';
CREATE ROLE IF NOT EXISTS DATA_API_ROLE COMMENT = 'Papi: owns the service, reads the tables';
CREATE ROLE IF NOT EXISTS DATA_API_CALLER COMMENT = 'Papi: calls the public endpoint';

-- an administrator can act as each of them; none of them holds another
GRANT ROLE DATA_API_OWNER TO ROLE SYSADMIN;
GRANT ROLE DATA_API_ROLE TO ROLE SYSADMIN;
GRANT ROLE DATA_API_CALLER TO ROLE SYSADMIN;

USE ROLE SYSADMIN;

CREATE DATABASE IF NOT EXISTS API COMMENT = 'Papi';
CREATE SCHEMA IF NOT EXISTS API.DATA COMMENT = 'the tables that are served';
CREATE SCHEMA IF NOT EXISTS API.PUBLIC COMMENT = 'images, specification, service';

GRANT USAGE ON DATABASE API TO ROLE DATA_API_OWNER;

-- SELECT on each table is granted by the script that makes it
GRANT USAGE ON DATABASE API TO ROLE DATA_API_ROLE;
GRANT USAGE ON SCHEMA API.DATA TO ROLE DATA_API_ROLE;
GRANT USAGE ON SCHEMA API.PUBLIC TO ROLE DATA_API_ROLE;

-- owning the schema is what lets it make hybrid tables there
GRANT OWNERSHIP ON SCHEMA API.DATA TO ROLE DATA_API_OWNER COPY CURRENT GRANTS;

-- an endpoint is reached by way of its database and schema
GRANT USAGE ON DATABASE API TO ROLE DATA_API_CALLER;
GRANT USAGE ON SCHEMA API.PUBLIC TO ROLE DATA_API_CALLER;

USE ROLE ACCOUNTADMIN;

-- the rows come from the sample database that every account can mount
GRANT IMPORTED PRIVILEGES ON DATABASE SNOWFLAKE_SAMPLE_DATA TO ROLE DATA_API_OWNER;
