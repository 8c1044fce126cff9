using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Inventory.AppHost.Full.Settings;
using Inventory.Contracts;
using Inventory.Contracts.Composition;
using Inventory.Servers.Packages;

namespace Inventory.AppHost.Full.Embedded;

/// <summary>
/// <c>--servers embedded</c>: the stores as programs of this machine, where there is no container runtime. Each tells its
/// connection string in a file once it can be used.
/// </summary>
internal static class EmbeddedServers
{
    private static string Folder { get; } = Path.Combine(Repository.Root, ".inventory", "run");

    public static bool AreWanted(ReadOnlySpan<string> args) =>
        args.IndexOf("--servers") is >= 0 and var index && index + 1 < args.Length && args[index + 1] == "embedded";

    public static Stores Add(IDistributedApplicationBuilder builder, Parameters parameters)
    {
        if (builder.ExecutionContext.IsPublishMode)
        {
            throw new DistributedApplicationException("Embedded servers are for this machine and cannot be published.");
        }

        var postgres = AddServer(builder, ResourceNames.Postgres, ResourceNames.Database);
        var kafka = AddServer(builder, ResourceNames.Kafka, ResourceNames.Kafka);
        var cassandra = AddServer(builder, ResourceNames.Cassandra, ResourceNames.Keyspace);
        return new Stores(
            Connection(builder, ResourceNames.Database, ReferenceExpression.Create($"{postgres}")),
            Connection(builder, StoreNames.CommandApiLogin, Login(postgres, StoreNames.CommandApiLogin, parameters.CommandApiPassword)),
            Connection(builder, StoreNames.RelayLogin, Login(postgres, StoreNames.RelayLogin, parameters.RelayPassword)),
            Connection(builder, ResourceNames.Kafka, ReferenceExpression.Create($"{kafka}")),
            Connection(builder, ResourceNames.Keyspace, ReferenceExpression.Create($"{cassandra}")));
    }

    private static ConnectionFile AddServer(IDistributedApplicationBuilder builder, string name, string connectionName)
    {
        var file = new ConnectionFile(Path.Combine(Folder, $"{connectionName}.connection"));

        // What a killed run left behind would be believed.
        file.Delete();
        builder.AddProject<Projects.Inventory_Servers_Host>(name, launchProfileName: null).WithArgs(name, Folder);
        return file;
    }

    // Named apart from the server, whose name the connection of Kafka has.
    private static IResourceBuilder<ConnectionStringResource> Connection(
        IDistributedApplicationBuilder builder, string name, ReferenceExpression value) =>
        builder.AddConnectionString($"{name.Replace('_', '-')}-connection", value);

    // Of the same setting the later one counts, so that a login is the owner's connection with another name.
    private static ReferenceExpression Login(
        ConnectionFile owner, string login, IResourceBuilder<ParameterResource> password) =>
        ReferenceExpression.Create($"{owner};Username={login};Password={password}");
}
