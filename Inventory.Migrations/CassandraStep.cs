using Inventory.Cassandra;
using Inventory.Contracts;
using Inventory.Contracts.Composition;

namespace Inventory.Migrations;

/// <summary>The keyspace, with <c>Cassandra:ReplicationFactor</c> replicas (1 unless given, 3 in production), and its tables.</summary>
internal sealed class CassandraStep(IConfiguration configuration, ILoggerFactory loggerFactory, TimeProvider time)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var connectionString = CassandraConnectionString.Parse(
            configuration.GetConnectionString(ResourceNames.Keyspace)
            ?? throw new InvalidOperationException($"ConnectionStrings:{ResourceNames.Keyspace} is missing."));
        var datacenter = connectionString.LocalDatacenter
            ?? throw new InvalidOperationException("The connection string of Cassandra names no Local Datacenter.");
        var options = configuration.GetSection(CassandraOptions.SectionName).Get<CassandraOptions>() ?? new();
        var replicas = configuration.GetValue(ConfigurationKeys.CassandraReplicationFactor, defaultValue: 1);

        await using var session = await CassandraSchemaClient.ConnectAsync(
            connectionString, options, loggerFactory, time, cancellationToken);
        await CassandraSchema.EnsureAsync(
            session,
            connectionString.Keyspace,
            new Dictionary<string, int> { [datacenter] = replicas },
            cancellationToken);
    }
}
