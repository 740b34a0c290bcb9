-- Run once, as the administrator, over TLS.
CREATE DATABASE IF NOT EXISTS shop CHARACTER SET utf8mb4;

CREATE TABLE shop.orders (
  id INT UNSIGNED AUTO_INCREMENT PRIMARY KEY,
  customer VARCHAR(40) NOT NULL,
  status VARCHAR(10) NOT NULL,
  total DECIMAL(10, 2) NOT NULL,
  INDEX (customer, status)
);

-- --8<-- [start:user]
-- It logs in with a token, and only over TLS. For the login by secret, write
-- IDENTIFIED BY and the password of the secret in place of the second line.
CREATE USER orders_app
  IDENTIFIED WITH AWSAuthenticationPlugin AS 'RDS'
  REQUIRE SSL;

-- It may do what the one query needs.
GRANT SELECT ON shop.orders TO orders_app;
-- --8<-- [end:user]
