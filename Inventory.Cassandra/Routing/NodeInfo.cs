using System.Net;

namespace Inventory.Cassandra.Routing;

/// <summary>A node as the system tables describe it.</summary>
internal sealed record NodeInfo(IPEndPoint EndPoint, string Datacenter, string Rack, Guid? SchemaVersion, long[] Tokens);
