"""The same stack in CDK: `cdk deploy`, or `cdk deploy --context login=token`."""

from pathlib import Path

import aws_cdk as cdk
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_logs as logs
from aws_cdk import aws_rds as rds
from aws_cdk import aws_secretsmanager as secretsmanager

# What `requirements.txt` names goes beside the code: pip install --target app --requirement app/requirements.txt
CODE = str(Path(__file__).parent.parent / "app")
INTERFACES = [
    "ec2:AssignPrivateIpAddresses",
    "ec2:CreateNetworkInterface",
    "ec2:DeleteNetworkInterface",
    "ec2:DescribeNetworkInterfaces",
    "ec2:DescribeSubnets",
    "ec2:UnassignPrivateIpAddresses",
]


class Shop(cdk.Stack):
    def __init__(self, scope, name, *, login, **options):
        super().__init__(scope, name, **options)
        self.name = f"{name}-orders"
        self.network()
        self.groups()
        self.database()
        self.role()
        if login == "secret":
            settings = self.by_secret()
        else:
            settings = {"DB_USER": "orders_app"}
            self.instance.grant_connect(self.execution, "orders_app")
        self.function(settings)

    # --8<-- [start:network]
    def network(self):
        private = ec2.SubnetConfiguration(
            name="Private", subnet_type=ec2.SubnetType.PRIVATE_ISOLATED, cidr_mask=20
        )
        self.vpc = ec2.Vpc(
            self,
            "Vpc",
            ip_addresses=ec2.IpAddresses.cidr("10.0.0.0/16"),
            max_azs=2,
            subnet_configuration=[private],
        )
        s3 = self.vpc.add_gateway_endpoint("S3", service=ec2.GatewayVpcEndpointAwsService.S3)
        s3.add_to_policy(
            iam.PolicyStatement(
                principals=[iam.AnyPrincipal()],
                actions=["s3:GetObject"],
                resources=["*"],
                conditions={"StringEquals": {"aws:ResourceAccount": self.account}},
            )
        )
    # --8<-- [end:network]

    # --8<-- [start:groups]
    def groups(self):
        self.function_group = self.group("FunctionGroup", "The function")
        self.database_group = self.group("DatabaseGroup", "The database")
        # One line writes both rules.
        self.function_group.connections.allow_to(self.database_group, ec2.Port.tcp(3306))

    def group(self, name, description):
        return ec2.SecurityGroup(
            self, name, vpc=self.vpc, description=description, allow_all_outbound=False
        )
    # --8<-- [end:groups]

    def database(self):
        engine = rds.DatabaseInstanceEngine.mysql(version=rds.MysqlEngineVersion.of("8.4.11", "8.4"))
        self.instance = rds.DatabaseInstance(
            self,
            "Database",
            engine=engine,
            instance_type=ec2.InstanceType("t4g.micro"),
            allocated_storage=20,
            storage_encrypted=True,
            database_name="shop",
            vpc=self.vpc,
            vpc_subnets=ec2.SubnetSelection(subnet_type=ec2.SubnetType.PRIVATE_ISOLATED),
            security_groups=[self.database_group],
            ca_certificate=rds.CaCertificate.RDS_CA_RSA2048_G1,
            iam_authentication=True,
            parameters={"require_secure_transport": "1"},
            # Only its name counts: RDS manages the password, see below.
            credentials=rds.Credentials.from_password("administrator", cdk.SecretValue.unsafe_plain_text("-")),
        )
        resource = self.instance.node.default_child
        resource.manage_master_user_password = True
        resource.master_user_password = None

    def role(self):
        # A role of its own, so that CDK adds no managed policy to it.
        self.execution = iam.Role(
            self, "Role", assumed_by=iam.ServicePrincipal("lambda.amazonaws.com")
        )
        interfaces = {"actions": INTERFACES, "resources": ["*"]}
        arn = self.format_arn(
            service="lambda",
            resource="function",
            resource_name=self.name,
            arn_format=cdk.ArnFormat.COLON_RESOURCE_NAME,
        )
        self.execution.add_to_policy(iam.PolicyStatement(**interfaces))
        self.execution.add_to_policy(
            iam.PolicyStatement(
                effect=iam.Effect.DENY,
                conditions={"ArnEquals": {"lambda:SourceFunctionArn": arn}},
                **interfaces,
            )
        )

    # --8<-- [start:secret]
    def by_secret(self):
        secret = secretsmanager.Secret(
            self,
            "Secret",
            generate_secret_string=secretsmanager.SecretStringGenerator(
                secret_string_template='{"username": "orders_app"}',
                generate_string_key="password",
                password_length=32,
                exclude_punctuation=True,
            ),
        )
        group = self.group("EndpointGroup", "The endpoint of Secrets Manager")
        self.function_group.connections.allow_to(group, ec2.Port.tcp(443))
        endpoint = self.vpc.add_interface_endpoint(
            "Secrets",
            service=ec2.InterfaceVpcEndpointAwsService.SECRETS_MANAGER,
            security_groups=[group],
            open=False,
        )
        read = {"actions": ["secretsmanager:GetSecretValue"], "resources": [secret.secret_arn]}
        endpoint.add_to_policy(iam.PolicyStatement(principals=[self.execution], **read))
        self.execution.add_to_policy(iam.PolicyStatement(**read))
        return {"DB_SECRET_ID": secret.secret_arn}
    # --8<-- [end:secret]

    def function(self, settings):
        log_group = logs.LogGroup(
            self,
            "LogGroup",
            log_group_name=f"/aws/lambda/{self.name}",
            retention=logs.RetentionDays.ONE_MONTH,
            removal_policy=cdk.RemovalPolicy.DESTROY,
        )
        log_group.grant_write(self.execution)
        lambda_.Function(
            self,
            "Orders",
            function_name=self.name,
            code=lambda_.Code.from_asset(CODE),
            handler="handler.handler",
            runtime=lambda_.Runtime.PYTHON_3_13,
            architecture=lambda_.Architecture.ARM_64,
            memory_size=256,
            timeout=cdk.Duration.seconds(10),
            role=self.execution,
            vpc=self.vpc,
            vpc_subnets=ec2.SubnetSelection(subnet_type=ec2.SubnetType.PRIVATE_ISOLATED),
            security_groups=[self.function_group],
            log_group=log_group,
            logging_format=lambda_.LoggingFormat.JSON,
            environment={
                "DB_HOST": self.instance.db_instance_endpoint_address,
                "DB_NAME": "shop",
                "DB_CA_BUNDLE": "global-bundle.pem",
                **settings,
            },
        )


if __name__ == "__main__":
    app = cdk.App()
    Shop(app, "shop", login=app.node.try_get_context("login") or "secret")
    app.synth()
