-- Makes a new secret for the callers' token. Each run rotates: at least every 30 days, or the calls stop.
-- The old secret works for another day, in which every caller changes over; 0 hours if it leaked.

USE ROLE SECURITYADMIN;

ALTER USER SVC_DATA_API ROTATE PROGRAMMATIC ACCESS TOKEN DATA_API_TOKEN EXPIRE_ROTATED_TOKEN_AFTER_HOURS = 24;

SHOW USER PROGRAMMATIC ACCESS TOKENS FOR USER SVC_DATA_API;
