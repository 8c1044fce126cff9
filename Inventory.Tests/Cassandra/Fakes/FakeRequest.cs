using System.Text;
using Inventory.Cassandra.Protocol;

namespace Inventory.Tests.Cassandra.Fakes;

/// <summary>A frame that a client sent.</summary>
internal sealed record FakeRequest(byte Version, short Stream, Opcode Opcode, byte[] Body)
{
    /// <summary>The text of a QUERY or PREPARE.</summary>
    public string Cql
    {
        get
        {
            var body = new BodyReader(Body);
            return Encoding.UTF8.GetString(body.TryReadBytes(out var text) ? text : default);
        }
    }

    /// <summary>The id of the statement that an EXECUTE names: the fake's ids are the statements' texts.</summary>
    public string Statement
    {
        get
        {
            var body = new BodyReader(Body);
            return Encoding.UTF8.GetString(body.ReadShortBytes());
        }
    }
}
