using System.Globalization;
using Inventory.AppHost.Endpoints;
using Inventory.Contracts;
using Inventory.Contracts.Composition;
using Inventory.Servers.Kafka;

namespace Inventory.AppHost.Reduced;

/// <summary>
/// The environment of every service: the names and keys that the full set's AppHost gives too
/// (<see cref="ConfigurationKeys"/>).
/// </summary>
internal static class ServiceVariables
{
    /// <summary>Without Kafka: the broker that runs here cannot create topics on request, and has them already.</summary>
    public static Dictionary<string, string?> Migrations(
        IReadOnlyDictionary<string, string> stores, string commandApiPassword, string relayPassword) => new()
        {
            [Connection(ResourceNames.Database)] = stores[ResourceNames.Database],
            [Connection(ResourceNames.Keyspace)] = stores[ResourceNames.Keyspace],
            [ConfigurationKeys.Variable(ConfigurationKeys.CommandApiPassword)] = commandApiPassword,
            [ConfigurationKeys.Variable(ConfigurationKeys.RelayPassword)] = relayPassword,
        };

    public static Dictionary<string, string?> CommandApi(string database, DevelopmentTokens tokens) => new(tokens.Environment)
    {
        [Connection(ResourceNames.Database)] = database,
    };

    public static Dictionary<string, string?> Relay(string database, IReadOnlyDictionary<string, string> stores) =>
        new(OldBroker.Environment)
        {
            [Connection(ResourceNames.Database)] = database,
            [Connection(ResourceNames.Kafka)] = stores[ResourceNames.Kafka],
            [Connection(ResourceNames.Keyspace)] = stores[ResourceNames.Keyspace],
        };

    public static Dictionary<string, string?> QueryApi(IReadOnlyDictionary<string, string> stores) =>
        new(OldBroker.Environment)
        {
            [Connection(ResourceNames.Keyspace)] = stores[ResourceNames.Keyspace],
            [Connection(ResourceNames.Kafka)] = stores[ResourceNames.Kafka],
        };

    public static Dictionary<string, string?> Gateway(int queryApiPort, int commandApiPort, DevelopmentTokens tokens) =>
        new(tokens.Environment)
        {
            [Discovery(ResourceNames.QueryApi)] = LocalPorts.Address(queryApiPort).OriginalString,
            [Discovery(ResourceNames.CommandApi)] = LocalPorts.Address(commandApiPort).OriginalString,
        };

    /// <summary>The connection string of a login that has the rights of one service only.</summary>
    public static string Database(int port, string login, string password) => string.Create(
        CultureInfo.InvariantCulture,
        $"Host=127.0.0.1;Port={port};Database={StoreNames.Database};Username={login};Password={password}");

    private static string Connection(string name) =>
        ConfigurationKeys.Variable(ConfigurationKeys.ConnectionString(name));

    private static string Discovery(string service) => ConfigurationKeys.Variable(ConfigurationKeys.Discovery(service));
}
