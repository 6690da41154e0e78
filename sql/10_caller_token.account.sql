-- Opens the endpoint to the callers' role, and makes their access token. May be run again: an existing token stays.

USE ROLE DATA_API_ROLE;

-- the service role of the specification; it covers the one public endpoint
GRANT SERVICE ROLE API.PUBLIC.API!CALLER TO ROLE DATA_API_CALLER;

USE ROLE SECURITYADMIN;

-- The answer shows the secret, once: put it into the caller's secret store, nowhere else.
ALTER USER SVC_DATA_API ADD PROGRAMMATIC ACCESS TOKEN IF NOT EXISTS DATA_API_TOKEN
  ROLE_RESTRICTION = 'DATA_API_CALLER' -- required for a service user: the token never acts with another role
  DAYS_TO_EXPIRY = 30                  -- rotated before that; the default is 15
  COMMENT = 'Papi: callers of the public endpoint';

SHOW USER PROGRAMMATIC ACCESS TOKENS FOR USER SVC_DATA_API; -- when it expires
