-- Three warehouses: for lookups, for queries, for loading. May be run again: the ALTERs hold the settings.

USE ROLE SYSADMIN;

CREATE WAREHOUSE IF NOT EXISTS DATA_API_WH WITH INITIALLY_SUSPENDED = TRUE;
CREATE WAREHOUSE IF NOT EXISTS DATA_API_QUERY_WH WITH INITIALLY_SUSPENDED = TRUE;
CREATE WAREHOUSE IF NOT EXISTS DATA_API_LOAD_WH WITH INITIALLY_SUSPENDED = TRUE;

-- Lookups only. Clusters are added for concurrency, size would not make a point lookup faster.
ALTER WAREHOUSE DATA_API_WH SET
  WAREHOUSE_SIZE = XSMALL                  -- a lookup by primary key reads one row: more cores would idle
  MIN_CLUSTER_COUNT = 1                    -- several clusters need Enterprise Edition; without it leave out these three lines
  MAX_CLUSTER_COUNT = 3                    -- the caches take most of the load; 10 is the most that is recommended
  SCALING_POLICY = 'STANDARD'              -- starts a cluster as soon as a query queues; ECONOMY waits minutes for that
  AUTO_SUSPEND = 600                       -- resuming costs the caller a second or more, and the warehouse its warm metadata
  AUTO_RESUME = TRUE                       -- the first miss after a quiet night wakes it
  STATEMENT_QUEUED_TIMEOUT_IN_SECONDS = 2  -- nobody waits longer than 1 s for a row: a queue would only feed the next overload
  STATEMENT_TIMEOUT_IN_SECONDS = 5         -- the driver has given up by then (3 s): an orphaned statement must not hold a slot
  COMMENT = 'Papi: point lookups only';

-- Queries (reports) scan and sum: on the warehouse for lookups they would queue in front of them.
ALTER WAREHOUSE DATA_API_QUERY_WH SET
  WAREHOUSE_SIZE = XSMALL                  -- a larger one makes large scans faster: each size costs twice the one before
  AUTO_SUSPEND = 60                        -- reports are rare and cached; a query has the time to wake it
  AUTO_RESUME = TRUE
  STATEMENT_QUEUED_TIMEOUT_IN_SECONDS = 20 -- Papi has cancelled a statement by then: twice the deadline of its query, 10 s
  STATEMENT_TIMEOUT_IN_SECONDS = 60        -- the session's own is lower (20 s); raise it if a query's deadline is above 30 s
  COMMENT = 'Papi: queries only';

-- Loading needs minutes, and the lowest of warehouse's and session's statement timeout counts: hence its own.
ALTER WAREHOUSE DATA_API_LOAD_WH SET
  WAREHOUSE_SIZE = MEDIUM                  -- 65 million rows; a smaller one only takes longer
  AUTO_SUSPEND = 60                        -- used for minutes a day
  AUTO_RESUME = TRUE
  STATEMENT_TIMEOUT_IN_SECONDS = 7200      -- a load that takes two hours is stuck
  COMMENT = 'Papi: loads';

GRANT USAGE ON WAREHOUSE DATA_API_WH TO ROLE DATA_API_ROLE;
GRANT USAGE ON WAREHOUSE DATA_API_QUERY_WH TO ROLE DATA_API_ROLE;
GRANT USAGE ON WAREHOUSE DATA_API_LOAD_WH TO ROLE DATA_API_OWNER;
