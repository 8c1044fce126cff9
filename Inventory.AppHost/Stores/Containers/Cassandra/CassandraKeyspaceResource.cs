using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace Inventory.AppHost.Stores.Containers.Cassandra;

/// <summary>
/// A keyspace of a Cassandra cluster. It is not created here: how it is replicated is the schema's business.
/// </summary>
internal sealed class CassandraKeyspaceResource(string name, string keyspaceName, CassandraServerResource parent)
    : Resource(name), IResourceWithParent<CassandraServerResource>, IResourceWithConnectionString
{
    public CassandraServerResource Parent { get; } = parent;

    public string KeyspaceName { get; } = keyspaceName;

    public ReferenceExpression ConnectionStringExpression =>
        ReferenceExpression.Create($"{Parent};Default Keyspace={KeyspaceName}");

    IEnumerable<KeyValuePair<string, ReferenceExpression>> IResourceWithConnectionString.GetConnectionProperties() =>
        Parent.CombineProperties([new("Keyspace", ReferenceExpression.Create($"{KeyspaceName}"))]);
}
