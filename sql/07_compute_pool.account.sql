-- The nodes that run the service. May be run again: the ALTER holds what can be changed later.
--
-- CPU_X64_S has 3 vCPU and 13 GiB. The smallest family, CPU_X64_XS (1 vCPU, 6 GiB), leaves the JVM less than
-- one CPU beside Redis, and a CPU limit below one stops it for part of every 100 ms: that is the tail latency.
-- An instance requests more than half of a node's memory, so each has a node of its own and a lost node takes one.

USE ROLE ACCOUNTADMIN;

CREATE COMPUTE POOL IF NOT EXISTS API
  MIN_NODES = 2
  MAX_NODES = 4
  INSTANCE_FAMILY = CPU_X64_S
  AUTO_RESUME = TRUE;

ALTER COMPUTE POOL API SET
  MIN_NODES = 2            -- MIN_INSTANCES of the service: both run without waiting for a node
  MAX_NODES = 4            -- MAX_INSTANCES of the service, and the bound of the bill
  AUTO_RESUME = TRUE
  AUTO_SUSPEND_SECS = 600; -- counts only while no service runs

GRANT USAGE, MONITOR ON COMPUTE POOL API TO ROLE DATA_API_ROLE;
