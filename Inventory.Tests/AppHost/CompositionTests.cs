using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Inventory.Cassandra;
using Inventory.Contracts;
using Inventory.Contracts.Composition;
using Inventory.Postgres.Migrations;
using Inventory.Servers.Cassandra;
using Inventory.Servers.Kafka;
using Microsoft.Extensions.DependencyInjection;

namespace Inventory.Tests.AppHost;

/// <summary>Each service is told of the stores and neighbours that it has in the picture, and of nothing else.</summary>
public sealed class CompositionTests
{
    private static readonly string[] TokenVariables =
    [
        "Authentication__Schemes__Bearer__ValidIssuer",
        "Authentication__Schemes__Bearer__ValidAudiences__0",
        "Authentication__Schemes__Bearer__SigningKeys__0__Issuer",
        "Authentication__Schemes__Bearer__SigningKeys__0__Value",
    ];

    public static TheoryData<string> StoreKinds => ["embedded", "containers"];

    [Theory]
    [MemberData(nameof(StoreKinds))]
    public Task CommandApi_gets_postgres_and_whom_to_believe(string stores) => AssertToldAsync(
        stores, ResourceNames.CommandApi, ["ConnectionStrings__inventorydb", .. TokenVariables]);

    [Theory]
    [MemberData(nameof(StoreKinds))]
    public Task Relay_gets_every_store(string stores) => AssertToldAsync(
        stores,
        ResourceNames.Relay,
        ["ConnectionStrings__inventorydb", "ConnectionStrings__kafka", "ConnectionStrings__inventory", .. OldBrokerOf(stores)]);

    [Theory]
    [MemberData(nameof(StoreKinds))]
    public Task QueryApi_gets_cassandra_and_for_its_change_feed_kafka_but_never_postgres(string stores) => AssertToldAsync(
        stores, ResourceNames.QueryApi, ["ConnectionStrings__inventory", "ConnectionStrings__kafka", .. OldBrokerOf(stores)]);

    [Theory]
    [MemberData(nameof(StoreKinds))]
    public Task The_gateway_gets_the_services_and_whom_to_believe(string stores) => AssertToldAsync(
        stores, ResourceNames.Gateway, ["services__query-api__http__0", "services__command-api__http__0", .. TokenVariables]);

    [Fact]
    public Task The_migrations_get_the_stores_and_the_passwords_of_the_logins_and_kafka_where_it_makes_topics() => AssertToldAsync(
        "containers",
        ResourceNames.Migrations,
        [
            "ConnectionStrings__inventorydb", "ConnectionStrings__inventory", "ConnectionStrings__kafka",
            "DatabaseLogins__CommandApi", "DatabaseLogins__Relay",
            "Cassandra__ReplicationFactor", "Kafka__ReplicationFactor", "Kafka__Partitions",
        ]);

    [Fact]
    public async Task A_service_connects_with_the_login_that_the_migrations_make()
    {
        await using var builder = await BuilderAsync("containers");
        Assert.Contains(builder.Resources, resource => resource.Name == "relay-login");
        Assert.Equal(StoreNames.RelayLogin, DatabaseLogins.Relay.Login);
        Assert.Equal(StoreNames.CommandApiLogin, DatabaseLogins.CommandApi.Login);
    }

    [Fact]
    public async Task Stores_that_are_neither_are_refused_with_the_choices()
    {
        var error = await Assert.ThrowsAnyAsync<Exception>(() => BuilderAsync("paper"));
        Assert.Contains("embedded or containers", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_cassandra_of_this_machine_is_in_the_data_centre_that_the_container_names() =>
        Assert.Equal(StoreNames.Datacenter, CassandraConfiguration.DataCenter);

    /// <summary>The form in which the container's resource tells where it is.</summary>
    [Fact]
    public void The_services_read_the_connection_string_of_cassandra()
    {
        var connection = CassandraConnectionString.Parse(
            $"Contact Points=cassandra-service;Port={StorePorts.Cassandra};Local Datacenter={StoreNames.Datacenter};Default Keyspace={StoreNames.Keyspace}");

        Assert.Equal(["cassandra-service"], connection.ContactPoints);
        Assert.Equal(StorePorts.Cassandra, connection.Port);
        Assert.Equal((StoreNames.Datacenter, StoreNames.Keyspace), (connection.LocalDatacenter, connection.Keyspace));
    }

    private static async Task AssertToldAsync(string stores, string service, string[] expected)
    {
        await using var builder = await BuilderAsync(stores);
        var resource = Assert.Single(builder.Resources.OfType<ProjectResource>(), resource => resource.Name == service);

        // Names alone: what they hold is known once the stores run.
        var context = new EnvironmentCallbackContext(builder.ExecutionContext, resource);
        foreach (var callback in resource.Annotations.OfType<EnvironmentCallbackAnnotation>())
        {
            await callback.Callback(context);
        }

        Assert.Equal(
            expected.Order(StringComparer.Ordinal),
            context.EnvironmentVariables.Keys.Where(IsOurs).Order(StringComparer.Ordinal));
    }

    // Aspire tells more: the parts of every connection string, telemetry, and how the console is to look.
    private static bool IsOurs(string variable) =>
        variable.Contains("__", StringComparison.Ordinal)
        && !variable.StartsWith("OTEL_", StringComparison.Ordinal)
        && !variable.StartsWith("LOGGING__", StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<string> OldBrokerOf(string stores) => stores == "embedded" ? OldBroker.Environment.Keys : [];

    private static Task<IDistributedApplicationTestingBuilder> BuilderAsync(string stores) =>
        DistributedApplicationTestingBuilder.CreateAsync<Projects.Inventory_AppHost>(
            ["--stores", stores, "--gateway-port", "0", "--progress", "false"], TestContext.Current.CancellationToken);
}
