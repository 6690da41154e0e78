-- The user that callers sign in as. May be run again.
-- Before the first run put your callers' addresses into ALLOWED_IP_LIST: 192.0.2.0/24 is a documentation range and lets nobody in.

USE ROLE SECURITYADMIN;

CREATE NETWORK POLICY IF NOT EXISTS DATA_API_CALLERS
  ALLOWED_IP_LIST = ('192.0.2.0/24')
  COMMENT = 'Papi: where calls may come from';

-- TYPE = SERVICE: has no password and cannot sign in to the web interface
CREATE USER IF NOT EXISTS SVC_DATA_API
  TYPE = SERVICE
  DEFAULT_ROLE = DATA_API_CALLER
  COMMENT = 'Papi: callers of the public endpoint';

-- without a network policy a service user's access token is refused; and a leaked one is useless elsewhere
ALTER USER SVC_DATA_API SET NETWORK_POLICY = DATA_API_CALLERS;

GRANT ROLE DATA_API_CALLER TO USER SVC_DATA_API;
