-- Image repository, and the stage that holds the service specification. May be run again.

USE ROLE SYSADMIN;

CREATE IMAGE REPOSITORY IF NOT EXISTS API.PUBLIC.API;
CREATE STAGE IF NOT EXISTS API.PUBLIC.SPECS COMMENT = 'Papi: the service specification';

-- the service's role pulls and reads; pushing stays with SYSADMIN
GRANT READ ON IMAGE REPOSITORY API.PUBLIC.API TO ROLE DATA_API_ROLE;
GRANT READ ON STAGE API.PUBLIC.SPECS TO ROLE DATA_API_ROLE;

SHOW IMAGE REPOSITORIES IN SCHEMA API.PUBLIC; -- repository_url is where the images are pushed
