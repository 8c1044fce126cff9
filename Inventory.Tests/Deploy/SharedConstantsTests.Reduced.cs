using Inventory.AppHost.Endpoints;
using Inventory.AppHost.Reduced;
using Inventory.Cassandra;
using Inventory.Contracts;
using Inventory.Contracts.Composition;
using Inventory.Postgres.Migrations;
using Inventory.Servers.Cassandra;
using Inventory.Servers.Kafka;
using Npgsql;

namespace Inventory.Tests.Deploy;

/// <summary>
/// The reduced composition gives each service what the full one gives it, by the names that both take from
/// <see cref="ConfigurationKeys"/> and <see cref="ResourceNames"/>.
/// </summary>
public sealed class SharedConstantsTests
{
    private const string Admin = "Host=127.0.0.1;Database=inventory;Username=postgres;Password=a";

    private static readonly Dictionary<string, string> Stores = new()
    {
        [ResourceNames.Database] = Admin,
        [ResourceNames.Kafka] = "127.0.0.1:9092",
        [ResourceNames.Keyspace] = "Contact Points=127.0.0.1;Port=9042;Local Datacenter=datacenter1;Default Keyspace=inventory",
    };

    private static readonly DevelopmentTokens Tokens = new(Convert.ToBase64String(new byte[32]));

    private static readonly string[] TokenVariables =
    [
        "Authentication__Schemes__Bearer__ValidIssuer",
        "Authentication__Schemes__Bearer__ValidAudiences__0",
        "Authentication__Schemes__Bearer__SigningKeys__0__Issuer",
        "Authentication__Schemes__Bearer__SigningKeys__0__Value",
    ];

    [Fact]
    public void The_migrations_get_the_stores_and_the_passwords_of_the_logins() => AssertNames(
        ServiceVariables.Migrations(Stores, "b", "c"),
        "ConnectionStrings__inventorydb", "ConnectionStrings__inventory", "DatabaseLogins__CommandApi", "DatabaseLogins__Relay");

    [Fact]
    public void CommandApi_gets_postgres_and_whom_to_believe() => AssertNames(
        ServiceVariables.CommandApi(Admin, Tokens), ["ConnectionStrings__inventorydb", .. TokenVariables]);

    [Fact]
    public void Relay_gets_every_store() => AssertNames(
        ServiceVariables.Relay(Admin, Stores).Where(variable => !variable.Key.StartsWith("Aspire__Confluent__Kafka__", StringComparison.Ordinal)),
        "ConnectionStrings__inventorydb", "ConnectionStrings__kafka", "ConnectionStrings__inventory");

    [Fact]
    public void QueryApi_gets_cassandra_and_for_its_change_feed_kafka_but_never_postgres() => AssertNames(
        ServiceVariables.QueryApi(Stores),
        ["ConnectionStrings__inventory", "ConnectionStrings__kafka", .. OldBroker.Environment.Keys]);

    [Fact]
    public void The_gateway_gets_the_services_and_whom_to_believe() => AssertNames(
        ServiceVariables.Gateway(1, 2, Tokens),
        ["services__query-api__http__0", "services__command-api__http__0", .. TokenVariables]);

    [Fact]
    public void A_service_connects_with_the_login_that_the_migrations_make()
    {
        var connection = new NpgsqlConnectionStringBuilder(ServiceVariables.Database(5, StoreNames.RelayLogin, "p"));

        Assert.Equal(DatabaseLogins.Relay.Login, connection.Username);
        Assert.Equal(StoreNames.CommandApiLogin, DatabaseLogins.CommandApi.Login);
        Assert.Equal(StoreNames.Database, connection.Database);
        Assert.Equal((5, "p"), (connection.Port, connection.Password));
    }

    [Fact]
    public void The_cassandra_of_this_machine_is_in_the_data_centre_that_every_composition_names() =>
        Assert.Equal(StoreNames.Datacenter, CassandraConfiguration.DataCenter);

    /// <summary>The form in which the full set's Cassandra resource tells where it is.</summary>
    [Fact]
    public void The_services_read_the_connection_string_of_cassandra()
    {
        var connection = CassandraConnectionString.Parse(
            $"Contact Points=cassandra-service;Port={StorePorts.Cassandra};Local Datacenter={StoreNames.Datacenter};Default Keyspace={StoreNames.Keyspace}");

        Assert.Equal(["cassandra-service"], connection.ContactPoints);
        Assert.Equal(StorePorts.Cassandra, connection.Port);
        Assert.Equal((StoreNames.Datacenter, StoreNames.Keyspace), (connection.LocalDatacenter, connection.Keyspace));
    }

    private static void AssertNames(IEnumerable<KeyValuePair<string, string?>> variables, params string[] names) =>
        Assert.Equal(names.Order(StringComparer.Ordinal), variables.Select(variable => variable.Key).Order(StringComparer.Ordinal));
}
