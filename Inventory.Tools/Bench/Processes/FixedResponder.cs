using System.Buffers;
using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace Inventory.Tools.Bench.Processes;

/// <summary>
/// Stands before a real node and answers every EXECUTE with the same frame, the node's answer to the first one; all else
/// passes through. What is measured on it is the limit of a client: there is no server that could be the limit.
/// </summary>
internal sealed class FixedResponder(int port, int nodePort)
{
    public const string CommandName = "bench-fixed-responder";

    private const int HeaderBytes = 9;
    private const int StreamOffset = 2;
    private const int OpcodeOffset = 4;
    private const int LengthOffset = 5;
    private const int BufferBytes = 256 * 1024;
    private const int NoStream = -1;
    private const byte Execute = 0x0A;
    private const byte Result = 0x08;

    private volatile byte[]? _answer;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var listener = new Socket(SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, port));
        listener.Listen();
        while (!cancellationToken.IsCancellationRequested)
        {
            var client = await listener.AcceptAsync(cancellationToken);
            client.NoDelay = true;
            _ = ServeAsync(client);
        }
    }

    private async Task ServeAsync(Socket client)
    {
        using var node = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        using (client)
        {
            await node.ConnectAsync(IPAddress.Loopback, nodePort);
            // The stream of the EXECUTE that the node is answering; its answer is the frame to repeat.
            var awaited = new StrongBox<int>(NoStream);
            await Task.WhenAny(
                PumpAsync(client, frames => Answer(frames, client, node, awaited)),
                PumpAsync(node, frames => PassBack(frames, client, awaited)));
        }
    }

    // Hands over whole frames, as many as one receive brought.
    private static async Task PumpAsync(Socket source, Action<Memory<byte>> handle)
    {
        var buffer = new byte[BufferBytes];
        var filled = 0;
        while (await source.ReceiveAsync(buffer.AsMemory(filled)) is var received and > 0)
        {
            filled += received;
            var whole = 0;
            while (filled - whole >= HeaderBytes && filled - whole >= FrameLength(buffer.AsSpan(whole)))
            {
                whole += FrameLength(buffer.AsSpan(whole));
            }

            handle(buffer.AsMemory(0, whole));
            buffer.AsSpan(whole, filled - whole).CopyTo(buffer);
            filled -= whole;
        }
    }

    private void Answer(Memory<byte> frames, Socket client, Socket node, StrongBox<int> awaited)
    {
        var known = _answer;
        var answers = ArrayPool<byte>.Shared.Rent(CountFrames(frames.Span) * (known?.Length ?? 0));
        var length = 0;
        for (var rest = frames.Span; !rest.IsEmpty; rest = rest[FrameLength(rest)..])
        {
            if (rest[OpcodeOffset] != Execute || known is null)
            {
                if (rest[OpcodeOffset] == Execute)
                {
                    Volatile.Write(ref awaited.Value, BinaryPrimitives.ReadInt16BigEndian(rest[StreamOffset..]));
                }

                Send(node, rest[..FrameLength(rest)]);
                continue;
            }

            known.CopyTo(answers, length);
            rest.Slice(StreamOffset, sizeof(short)).CopyTo(answers.AsSpan(length + StreamOffset));
            length += known.Length;
        }

        Send(client, answers.AsSpan(0, length));
        ArrayPool<byte>.Shared.Return(answers);
    }

    // Only on the connection that asked: another one's PREPARE may be answered on the same stream meanwhile.
    private void PassBack(Memory<byte> frames, Socket client, StrongBox<int> awaited)
    {
        for (var rest = frames.Span; !rest.IsEmpty; rest = rest[FrameLength(rest)..])
        {
            if (_answer is null
                && rest[OpcodeOffset] == Result
                && BinaryPrimitives.ReadInt16BigEndian(rest[StreamOffset..]) == Volatile.Read(ref awaited.Value))
            {
                _answer = rest[..FrameLength(rest)].ToArray();
            }
        }

        Send(client, frames.Span);
    }

    private static void Send(Socket socket, ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            bytes = bytes[socket.Send(bytes)..];
        }
    }

    private static int CountFrames(ReadOnlySpan<byte> frames)
    {
        var count = 0;
        for (; !frames.IsEmpty; frames = frames[FrameLength(frames)..])
        {
            count++;
        }

        return count;
    }

    private static int FrameLength(ReadOnlySpan<byte> frame) =>
        HeaderBytes + BinaryPrimitives.ReadInt32BigEndian(frame[LengthOffset..]);
}
