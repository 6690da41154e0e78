-- The service. Both images must have been pushed and spcs/service.yaml copied to the stage. May be run again.

USE ROLE ACCOUNTADMIN;

GRANT BIND SERVICE ENDPOINT ON ACCOUNT TO ROLE DATA_API_ROLE; -- a public endpoint needs it

USE ROLE SYSADMIN;

GRANT CREATE SERVICE ON SCHEMA API.PUBLIC TO ROLE DATA_API_ROLE;

USE ROLE DATA_API_ROLE;

-- No AUTO_SUSPEND_SECS: it is not supported with public endpoints. The order of the clauses is prescribed.
CREATE SERVICE IF NOT EXISTS API.PUBLIC.API
  IN COMPUTE POOL API
  FROM @API.PUBLIC.SPECS SPECIFICATION_FILE = 'service.yaml'
  AUTO_RESUME = TRUE
  MIN_INSTANCES = 2        -- one can be upgraded, or die, while the other answers
  MIN_READY_INSTANCES = 1  -- less than MIN_INSTANCES, or a rolling upgrade would block the endpoint
  MAX_INSTANCES = 4        -- scales on 80 % of the requested CPU over five minutes
  QUERY_WAREHOUSE = DATA_API_WH
  COMMENT = 'Papi';

USE ROLE SYSADMIN;

REVOKE CREATE SERVICE ON SCHEMA API.PUBLIC FROM ROLE DATA_API_ROLE; -- the containers act with this role

USE ROLE DATA_API_ROLE;

-- up to ten minutes, most of it for the nodes; then both instances READY, and the host name to call (ingress_url)
CALL SYSTEM$WAIT_FOR_SERVICES(600, 'API.PUBLIC.API');
SHOW SERVICE CONTAINERS IN SERVICE API.PUBLIC.API;
SHOW ENDPOINTS IN SERVICE API.PUBLIC.API;
