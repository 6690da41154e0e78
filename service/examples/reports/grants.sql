-- What the service's role needs for the two reports, after 01_roles.sql and 02_warehouses.sql. May be run again.

USE ROLE ACCOUNTADMIN;

-- The orders are in the sample database that every account can mount: its tables are granted together or not at all.
GRANT IMPORTED PRIVILEGES ON DATABASE SNOWFLAKE_SAMPLE_DATA TO ROLE DATA_API_ROLE;

USE ROLE SYSADMIN;

-- 02_warehouses.sql grants it too. Reports must not run where lookups do: they would queue in front of them.
GRANT USAGE ON WAREHOUSE DATA_API_QUERY_WH TO ROLE DATA_API_ROLE;
