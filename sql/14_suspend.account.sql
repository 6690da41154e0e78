-- Stops the service and its bill; nothing is lost but the caches. May be run again.
-- The warehouses suspend themselves.

USE ROLE DATA_API_ROLE;
ALTER SERVICE API.PUBLIC.API SUSPEND;

USE ROLE ACCOUNTADMIN;
ALTER COMPUTE POOL API SUSPEND;
