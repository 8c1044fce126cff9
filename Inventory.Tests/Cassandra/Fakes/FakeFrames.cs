using System.Net;
using System.Text;
using Inventory.Cassandra.Errors;
using Inventory.Cassandra.Protocol;
using Inventory.Contracts.Stocks;

namespace Inventory.Tests.Cassandra.Fakes;

/// <summary>Frames as a server writes them.</summary>
internal static class FakeFrames
{
    public static byte[] Frame(FakeRequest request, Opcode opcode, byte[] body) =>
        Frame(request.Version, request.Stream, opcode, body);

    public static byte[] Frame(byte version, short stream, Opcode opcode, byte[] body)
    {
        var frame = new byte[FrameHeader.Size + body.Length];
        FrameHeader.Write(frame, (byte)(version | FrameHeader.ResponseBit), stream, opcode, body.Length);
        body.CopyTo(frame, FrameHeader.Size);
        return frame;
    }

    public static byte[] Error(FakeRequest request, CassandraErrorCode code, byte[]? rest = null)
    {
        var body = new BodyWriter();
        body.WriteInt((int)code);
        body.WriteString("scripted");
        return Frame(request, Opcode.Error, [.. body.ToArray(), .. rest ?? ErrorDetails(code)]);
    }

    public static byte[] Ready(FakeRequest request) => Frame(request, Opcode.Ready, []);

    public static byte[] Void(FakeRequest request) => Frame(request, Opcode.Result, [0, 0, 0, 1]);

    /// <summary>Its id is the text of the statement.</summary>
    public static byte[] Prepared(FakeRequest request)
    {
        var body = new BodyWriter();
        body.WriteInt((int)ResultKind.Prepared);
        body.WriteString(request.Cql);
        return Frame(request, Opcode.Result, body.ToArray());
    }

    /// <summary>Without metadata, as asked for.</summary>
    public static byte[] Rows(FakeRequest request, params byte[]?[][] rows)
    {
        var body = new BodyWriter();
        body.WriteInt((int)ResultKind.Rows);
        body.WriteInt(4);
        body.WriteInt(rows.Length == 0 ? 3 : rows[0].Length);
        body.WriteInt(rows.Length);
        List<byte> all = [.. body.ToArray()];
        foreach (var value in rows.SelectMany(static row => row))
        {
            all.AddRange(Int(value?.Length ?? -1));
            all.AddRange(value ?? []);
        }

        return Frame(request, Opcode.Result, [.. all]);
    }

    public static byte[] Level(FakeRequest request, StockLevel level) => Rows(
        request,
        [Int(level.StockCount), Long(level.Version), Long(level.UpdatedAt.ToUnixTimeMilliseconds())]);

    public static byte[] StatusEvent(byte version, string change, IPAddress address)
    {
        var body = new BodyWriter();
        body.WriteString("STATUS_CHANGE");
        body.WriteString(change);
        body.WriteByte(4);
        byte[] rest = [.. address.GetAddressBytes(), .. Int(9042)];
        return Frame(version, FrameHeader.EventStream, Opcode.Event, [.. body.ToArray(), .. rest]);
    }

    public static byte[] TopologyEvent(byte version, IPAddress address)
    {
        var body = new BodyWriter();
        body.WriteString("TOPOLOGY_CHANGE");
        body.WriteString("NEW_NODE");
        body.WriteByte(4);
        byte[] rest = [.. address.GetAddressBytes(), .. Int(9042)];
        return Frame(version, FrameHeader.EventStream, Opcode.Event, [.. body.ToArray(), .. rest]);
    }

    public static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);

    public static byte[] Int(int value)
    {
        var body = new BodyWriter();
        body.WriteInt(value);
        return body.ToArray();
    }

    public static byte[] Long(long value) => [.. Int((int)(value >> 32)), .. Int((int)value)];

    public static byte[] TextSet(params string[] texts) =>
        [.. Int(texts.Length), .. texts.SelectMany(static text => (byte[])[.. Int(text.Length), .. Text(text)])];

    /// <summary>What the specification wants behind the message of each code.</summary>
    private static byte[] ErrorDetails(CassandraErrorCode code)
    {
        byte[] localOne = [0, 0x0A];
        return code switch
        {
            CassandraErrorCode.Unavailable => [.. localOne, .. Int(2), .. Int(1)],
            CassandraErrorCode.ReadTimeout => [.. localOne, .. Int(1), .. Int(2), 0],
            CassandraErrorCode.WriteTimeout => [.. localOne, .. Int(1), .. Int(2), 0, 6, .. Text("SIMPLE")],
            CassandraErrorCode.ReadFailure => [.. localOne, .. Int(1), .. Int(2), .. Int(1), 0],
            CassandraErrorCode.WriteFailure => [.. localOne, .. Int(1), .. Int(2), .. Int(1), 0, 6, .. Text("SIMPLE")],
            CassandraErrorCode.AlreadyExists => [0, 1, (byte)'k', 0, 1, (byte)'t'],
            CassandraErrorCode.Unprepared => [0, 1, 0],
            CassandraErrorCode.FunctionFailure => [0, 1, (byte)'k', 0, 1, (byte)'f', 0, 0],
            _ => [],
        };
    }
}
