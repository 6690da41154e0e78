-- The service without a public endpoint, in the place of sql/08_service. Both images must have been pushed and
-- private.yaml copied to the stage. May be run again.
--
-- BIND SERVICE ENDPOINT is not granted: only a public endpoint needs it. Nor are sql/09 to sql/11 needed: nobody signs
-- in at an ingress.

USE ROLE SYSADMIN;

GRANT CREATE SERVICE ON SCHEMA API.PUBLIC TO ROLE DATA_API_ROLE;

USE ROLE DATA_API_ROLE;

-- AUTO_SUSPEND_SECS would be possible here, but the first caller after it would wait for minutes.
CREATE SERVICE IF NOT EXISTS API.PUBLIC.API
  IN COMPUTE POOL API
  FROM @API.PUBLIC.SPECS SPECIFICATION_FILE = 'private.yaml'
  AUTO_RESUME = TRUE
  MIN_INSTANCES = 2
  MIN_READY_INSTANCES = 1
  MAX_INSTANCES = 4
  QUERY_WAREHOUSE = DATA_API_WH
  COMMENT = 'Papi';

USE ROLE SYSADMIN;

REVOKE CREATE SERVICE ON SCHEMA API.PUBLIC FROM ROLE DATA_API_ROLE; -- the containers act with this role

USE ROLE DATA_API_ROLE;

-- up to ten minutes; then no endpoint with an ingress_url, and the name under which other services reach it (dns_name)
CALL SYSTEM$WAIT_FOR_SERVICES(600, 'API.PUBLIC.API');
SHOW ENDPOINTS IN SERVICE API.PUBLIC.API;
DESCRIBE SERVICE API.PUBLIC.API;
