-- A new version, without downtime: push the images under a new tag, write it into spcs/service.yaml, copy that
-- to the stage, run this. One instance at a time gets SIGTERM and has 30 s; the other one answers meanwhile.
-- Back to the old version: the same with the old tag.

USE ROLE DATA_API_ROLE;

ALTER SERVICE API.PUBLIC.API FROM @API.PUBLIC.SPECS SPECIFICATION_FILE = 'service.yaml';

-- settings of 08_service that can be changed later
ALTER SERVICE API.PUBLIC.API SET
  MIN_INSTANCES = 2
  MIN_READY_INSTANCES = 1
  MAX_INSTANCES = 4
  QUERY_WAREHOUSE = DATA_API_WH;

CALL SYSTEM$WAIT_FOR_SERVICES(600, 'API.PUBLIC.API');
SHOW SERVICE CONTAINERS IN SERVICE API.PUBLIC.API;
