namespace Inventory.AppHost.Stores.Containers.Cassandra;

internal static class CassandraContainerImageTags
{
    public const string Registry = "docker.io";
    public const string Image = "library/cassandra";
    public const string Tag = "5.0";
}
