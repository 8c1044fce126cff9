using System.Net;

namespace Inventory.Cassandra.Protocol;

/// <summary>An EVENT body (section 4.2.6).</summary>
/// <param name="Type">TOPOLOGY_CHANGE, STATUS_CHANGE or SCHEMA_CHANGE.</param>
/// <param name="Change">NEW_NODE, REMOVED_NODE, UP, DOWN, CREATED, UPDATED, DROPPED.</param>
/// <param name="Address">Of the node; null for a change of the schema.</param>
internal sealed record ServerEvent(string Type, string Change, IPAddress? Address)
{
    public const string Topology = "TOPOLOGY_CHANGE";
    public const string Status = "STATUS_CHANGE";
    public const string Schema = "SCHEMA_CHANGE";

    public static ServerEvent Read(ref BodyReader body)
    {
        var type = body.ReadString();
        var change = body.ReadString();
        return new ServerEvent(type, change, type is Topology or Status ? body.ReadInet() : null);
    }
}
