using Driver = global::Cassandra;

namespace Inventory.Cassandra.DataStax;

/// <param name="Cluster">The driver's connections, which are shut down with it.</param>
/// <param name="Session">What executes.</param>
/// <param name="Statements">As in <c>StockStatements.All</c>, prepared.</param>
internal sealed record DriverSession(
    Driver.ICluster Cluster, Driver.ISession Session, IReadOnlyList<Driver.PreparedStatement> Statements);
