using System.Runtime.InteropServices;
using Inventory.Cassandra.Errors;
using Inventory.Cassandra.Protocol;

namespace Inventory.Cassandra.Connections;

/// <summary>An answer that was copied out of the receive buffer, to be read at leisure.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ControlAnswer(Opcode Opcode, byte[] Body)
{
    /// <summary>The body of a RESULT, behind its kind.</summary>
    public BodyReader OpenResult(ResultKind expected)
    {
        var reader = new BodyReader(Body);
        if (Opcode != Opcode.Result || (ResultKind)reader.ReadInt() != expected)
        {
            throw new CassandraProtocolException($"A {Opcode} came where a result of kind {expected} was to come.");
        }

        return reader;
    }
}
