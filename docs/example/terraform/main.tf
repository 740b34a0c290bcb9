# The same stack in Terraform: `terraform apply`, or `terraform apply -var login=token`.

terraform {
  required_version = ">= 1.9"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 6.0"
    }
    archive = {
      source  = "hashicorp/archive"
      version = ">= 2.4"
    }
  }
}

variable "login" {
  description = "How the function logs in. A token needs neither the secret nor the endpoint."
  type        = string
  default     = "secret"
  validation {
    condition     = contains(["secret", "token"], var.login)
    error_message = "The login is secret or token."
  }
}

locals {
  name      = "shop-orders"
  by_secret = var.login == "secret" ? 1 : 0
  by_token  = var.login == "token" ? 1 : 0
}

data "aws_availability_zones" "here" {}
data "aws_caller_identity" "here" {}
data "aws_partition" "here" {}
data "aws_region" "here" {}

# --8<-- [start:network]
resource "aws_vpc" "shop" {
  cidr_block           = "10.0.0.0/16"
  enable_dns_support   = true
  enable_dns_hostnames = true # for the endpoint's private name
}

resource "aws_subnet" "a" {
  vpc_id            = aws_vpc.shop.id
  cidr_block        = "10.0.0.0/20"
  availability_zone = data.aws_availability_zones.here.names[0]
}

resource "aws_subnet" "b" {
  vpc_id            = aws_vpc.shop.id
  cidr_block        = "10.0.16.0/20"
  availability_zone = data.aws_availability_zones.here.names[1]
}

resource "aws_route_table" "private" {
  vpc_id = aws_vpc.shop.id
}

resource "aws_route_table_association" "a" {
  route_table_id = aws_route_table.private.id
  subnet_id      = aws_subnet.a.id
}

resource "aws_route_table_association" "b" {
  route_table_id = aws_route_table.private.id
  subnet_id      = aws_subnet.b.id
}
# --8<-- [end:network]

# --8<-- [start:groups]
# Terraform takes the rule that lets everything out away from a group it makes.
resource "aws_security_group" "function" {
  description = "The function. Nothing comes in."
  vpc_id      = aws_vpc.shop.id
}

resource "aws_security_group" "database" {
  description = "The database. Nothing goes out."
  vpc_id      = aws_vpc.shop.id
}

resource "aws_vpc_security_group_egress_rule" "function_to_database" {
  description                  = "To the database"
  security_group_id            = aws_security_group.function.id
  ip_protocol                  = "tcp"
  from_port                    = 3306
  to_port                      = 3306
  referenced_security_group_id = aws_security_group.database.id
}

resource "aws_vpc_security_group_ingress_rule" "database_from_function" {
  description                  = "From the function"
  security_group_id            = aws_security_group.database.id
  ip_protocol                  = "tcp"
  from_port                    = 3306
  to_port                      = 3306
  referenced_security_group_id = aws_security_group.function.id
}
# --8<-- [end:groups]

# --8<-- [start:endpoints]
resource "aws_security_group" "endpoint" {
  count       = local.by_secret
  description = "The endpoint of Secrets Manager. Nothing goes out."
  vpc_id      = aws_vpc.shop.id
}

resource "aws_vpc_security_group_egress_rule" "function_to_endpoint" {
  count                        = local.by_secret
  description                  = "To Secrets Manager"
  security_group_id            = aws_security_group.function.id
  ip_protocol                  = "tcp"
  from_port                    = 443
  to_port                      = 443
  referenced_security_group_id = aws_security_group.endpoint[0].id
}

resource "aws_vpc_security_group_ingress_rule" "endpoint_from_function" {
  count                        = local.by_secret
  description                  = "From the function"
  security_group_id            = aws_security_group.endpoint[0].id
  ip_protocol                  = "tcp"
  from_port                    = 443
  to_port                      = 443
  referenced_security_group_id = aws_security_group.function.id
}

resource "aws_vpc_endpoint" "secrets" {
  count               = local.by_secret
  vpc_id              = aws_vpc.shop.id
  vpc_endpoint_type   = "Interface"
  service_name        = "com.amazonaws.${data.aws_region.here.region}.secretsmanager"
  private_dns_enabled = true
  subnet_ids          = [aws_subnet.a.id, aws_subnet.b.id]
  security_group_ids  = [aws_security_group.endpoint[0].id]
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { AWS = aws_iam_role.function.arn }
        Action    = "secretsmanager:GetSecretValue"
        Resource  = aws_secretsmanager_secret.user[0].arn
      },
    ]
  })
}

resource "aws_vpc_endpoint" "s3" {
  vpc_id            = aws_vpc.shop.id
  vpc_endpoint_type = "Gateway"
  service_name      = "com.amazonaws.${data.aws_region.here.region}.s3"
  route_table_ids   = [aws_route_table.private.id]
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = "*"
        Action    = "s3:GetObject"
        Resource  = "*"
        Condition = { StringEquals = { "aws:ResourceAccount" = data.aws_caller_identity.here.account_id } }
      },
    ]
  })
}
# --8<-- [end:endpoints]

# --8<-- [start:database]
resource "aws_db_subnet_group" "private" {
  subnet_ids = [aws_subnet.a.id, aws_subnet.b.id]
}

resource "aws_db_parameter_group" "tls" {
  description = "No connection without TLS"
  family      = "mysql8.4"
  parameter {
    name  = "require_secure_transport"
    value = "1"
  }
}

resource "aws_db_instance" "shop" {
  engine                              = "mysql"
  engine_version                      = "8.4.11"
  instance_class                      = "db.t4g.micro"
  allocated_storage                   = 20
  storage_encrypted                   = true
  db_name                             = "shop"
  db_subnet_group_name                = aws_db_subnet_group.private.name
  parameter_group_name                = aws_db_parameter_group.tls.name
  vpc_security_group_ids              = [aws_security_group.database.id]
  publicly_accessible                 = false
  ca_cert_identifier                  = "rds-ca-rsa2048-g1"
  iam_database_authentication_enabled = true
  # The administrator's password: RDS makes it, keeps it as a secret, and rotates it.
  username                    = "administrator"
  manage_master_user_password = true
  final_snapshot_identifier   = "shop-final"
}

# The password of the function's own user: a value that Terraform forgets, so its state does not hold it.
ephemeral "aws_secretsmanager_random_password" "user" {
  password_length     = 32
  exclude_punctuation = true
}

resource "aws_secretsmanager_secret" "user" {
  count       = local.by_secret
  description = "The database user of the function"
}

resource "aws_secretsmanager_secret_version" "user" {
  count     = local.by_secret
  secret_id = aws_secretsmanager_secret.user[0].id
  secret_string_wo = jsonencode({
    username = "orders_app"
    password = ephemeral.aws_secretsmanager_random_password.user.random_password
  })
  secret_string_wo_version = 1
}
# --8<-- [end:database]

# --8<-- [start:role]
resource "aws_iam_role" "function" {
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { Service = "lambda.amazonaws.com" }
        Action    = "sts:AssumeRole"
      },
    ]
  })
}

locals {
  interfaces = [
    "ec2:AssignPrivateIpAddresses",
    "ec2:CreateNetworkInterface",
    "ec2:DeleteNetworkInterface",
    "ec2:DescribeNetworkInterfaces",
    "ec2:DescribeSubnets",
    "ec2:UnassignPrivateIpAddresses",
  ]
  partition = data.aws_partition.here.partition
  place     = "${data.aws_region.here.region}:${data.aws_caller_identity.here.account_id}"
  user      = "${aws_db_instance.shop.resource_id}/orders_app"
}

resource "aws_iam_role_policy" "function" {
  role = aws_iam_role.function.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "LambdaManagesInterfaces"
        Effect   = "Allow"
        Action   = local.interfaces
        Resource = "*"
      },
      {
        Sid       = "TheCodeDoesNot"
        Effect    = "Deny"
        Action    = local.interfaces
        Resource  = "*"
        Condition = { ArnEquals = { "lambda:SourceFunctionArn" = "arn:${local.partition}:lambda:${local.place}:function:${local.name}" } }
      },
      {
        Sid      = "Log"
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.function.arn}:*"
      },
    ]
  })
}

resource "aws_iam_role_policy" "secret" {
  count = local.by_secret
  role  = aws_iam_role.function.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "ReadTheSecret"
        Effect   = "Allow"
        Action   = "secretsmanager:GetSecretValue"
        Resource = aws_secretsmanager_secret.user[0].arn
      },
    ]
  })
}

resource "aws_iam_role_policy" "token" {
  count = local.by_token
  role  = aws_iam_role.function.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "LogIn"
        Effect   = "Allow"
        Action   = "rds-db:connect"
        Resource = "arn:${local.partition}:rds-db:${local.place}:dbuser:${local.user}"
      },
    ]
  })
}
# --8<-- [end:role]

# --8<-- [start:function]
resource "aws_cloudwatch_log_group" "function" {
  name              = "/aws/lambda/${local.name}"
  retention_in_days = 30
}

# What `requirements.txt` names goes beside the code: pip install --target app --requirement app/requirements.txt
data "archive_file" "code" {
  type        = "zip"
  source_dir  = "${path.module}/../app"
  output_path = "${path.module}/app.zip"
}

locals {
  database = {
    DB_HOST      = aws_db_instance.shop.address
    DB_NAME      = "shop"
    DB_CA_BUNDLE = "global-bundle.pem"
  }
  logins = {
    secret = { DB_SECRET_ID = one(aws_secretsmanager_secret.user[*].arn) }
    token  = { DB_USER = "orders_app" }
  }
}

resource "aws_lambda_function" "orders" {
  function_name    = local.name
  filename         = data.archive_file.code.output_path
  source_code_hash = data.archive_file.code.output_base64sha256
  handler          = "handler.handler"
  runtime          = "python3.13"
  architectures    = ["arm64"]
  memory_size      = 256
  timeout          = 10
  role             = aws_iam_role.function.arn
  vpc_config {
    subnet_ids         = [aws_subnet.a.id, aws_subnet.b.id]
    security_group_ids = [aws_security_group.function.id]
  }
  logging_config {
    log_group  = aws_cloudwatch_log_group.function.name
    log_format = "JSON"
  }
  environment {
    variables = merge(local.database, local.logins[var.login])
  }
  # Lambda removes the interfaces with this role, so its rights go last.
  depends_on = [aws_iam_role_policy.function]
}
# --8<-- [end:function]
