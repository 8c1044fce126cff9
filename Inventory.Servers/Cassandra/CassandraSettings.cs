using System.Text.Json.Nodes;

namespace Inventory.Servers.Cassandra;

/// <summary>The cassandra.yaml of a node: the package's defaults and what differs here. JSON is valid YAML.</summary>
internal static class CassandraSettings
{
    private const int TokensPerNode = 16;

    public static string Build(CassandraOptions options, string defaultsFile, CassandraAddress address)
    {
        var settings = JsonNode.Parse(File.ReadAllBytes(defaultsFile))!.AsObject();
        foreach (var (name, value) in Differences(options, address).Concat(options.Settings))
        {
            settings[name] = value?.DeepClone();
        }

        return settings.ToJsonString(new() { WriteIndented = true });
    }

    private static Dictionary<string, JsonNode?> Differences(CassandraOptions options, CassandraAddress address)
    {
        var folder = options.Paths.Cassandra(address.Number);
        return new Dictionary<string, JsonNode?>
        {
            ["cluster_name"] = "inventory",
            ["listen_address"] = address.Address.ToString(),
            ["rpc_address"] = address.Address.ToString(),
            ["storage_port"] = address.StoragePort,
            ["native_transport_port"] = address.NativePort,
            ["start_rpc"] = false,
            ["endpoint_snitch"] = "GossipingPropertyFileSnitch",

            // With the tokens given and nothing to stream, all nodes of a new cluster start side by side.
            ["num_tokens"] = TokensPerNode,
            ["initial_token"] = TokenRing.Slice(options.Nodes, address.Number, TokensPerNode),
            ["auto_bootstrap"] = false,

            ["data_file_directories"] = new JsonArray(Path.Combine(folder, "data")),
            ["commitlog_directory"] = Path.Combine(folder, "commitlog"),
            ["saved_caches_directory"] = Path.Combine(folder, "saved_caches"),

            // A write is acknowledged when it is on disk. Syncing periodically loses up to a period's acknowledged
            // writes when a node is killed: the replay stops at the last sync.
            ["commitlog_sync"] = "batch",
            ["commitlog_sync_batch_window_in_ms"] = 1,
            ["commitlog_sync_period_in_ms"] = null,
            ["commitlog_segment_size_in_mb"] = 16,
            ["commitlog_total_space_in_mb"] = 256,

            // Sized for two cores and a heap of 512 MB.
            ["concurrent_reads"] = 16,
            ["concurrent_writes"] = 32,

            // Each of its 128 would look for work all the time while there is some for any: at 1,000 writes a second half of a
            // core. Each waits for the sync of its write, so too few are slow: with 256 writes at a time 32 did 3,700 changes
            // a second, 16 did 2,900 and 64 no more than 3,000.
            ["native_transport_max_threads"] = 32,
            ["file_cache_size_in_mb"] = 32,
            ["auto_snapshot"] = false,
        };
    }
}
