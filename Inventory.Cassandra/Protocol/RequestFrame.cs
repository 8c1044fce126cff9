using System.Buffers.Binary;
using System.Text;

namespace Inventory.Cassandra.Protocol;

/// <summary>
/// Bodies of the requests that are not on the hot path: built as arrays, because a connection sends a handful of them.
/// </summary>
internal static class RequestFrame
{
    public static byte[] Startup()
    {
        var body = new BodyWriter();
        body.WriteShort(1);
        body.WriteString("CQL_VERSION");
        body.WriteString("3.0.0");
        return body.ToArray();
    }

    /// <summary>SASL PLAIN without an authorization identity: what Cassandra's PasswordAuthenticator reads.</summary>
    public static byte[] PlainAuthentication(string username, string password)
    {
        var token = Encoding.UTF8.GetBytes($"\0{username}\0{password}");
        var body = new byte[sizeof(int) + token.Length];
        BinaryPrimitives.WriteInt32BigEndian(body, token.Length);
        token.CopyTo(body, sizeof(int));
        return body;
    }

    public static byte[] Register(params ReadOnlySpan<string> events)
    {
        var body = new BodyWriter();
        body.WriteShort((ushort)events.Length);
        foreach (var name in events)
        {
            body.WriteString(name);
        }

        return body.ToArray();
    }

    public static byte[] Prepare(string cql)
    {
        var body = new BodyWriter();
        body.WriteLongString(cql);
        return body.ToArray();
    }

    public static byte[] Query(string cql, CassandraConsistency consistency)
    {
        var body = new BodyWriter();
        body.WriteLongString(cql);
        body.WriteShort((ushort)consistency);
        body.WriteByte((byte)QueryFlags.None);
        return body.ToArray();
    }
}
