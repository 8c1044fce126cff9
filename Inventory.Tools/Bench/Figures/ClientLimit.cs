using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Inventory.Cassandra;
using Inventory.Contracts.Stocks;
using Inventory.Servers.Ports;
using Inventory.Servers.Processes;
using Inventory.Tools.Bench.Processes;

namespace Inventory.Tools.Bench.Figures;

/// <summary>
/// <c>read.client.limit</c>: the client against a responder that only repeats a frame, and against the same responder a
/// loop that only writes and reads as many bytes. With few requests at a time the system calls are what costs, with many
/// it is what the client does for each: routing, a stream, a timeout, a row, a caller that continues.
/// </summary>
internal sealed class ClientLimit : IReadFigure
{
    private const int Connections = 2;
    private const double Least = 0.5;
    private const int HeaderBytes = 9;

    // What an EXECUTE of the stock read takes: its header, an id of 16 bytes, two ids of a key and the options.
    private const int RequestBytes = HeaderBytes + 2 + 16 + 2 + 1 + 2 + 4 + 8 + 4 + 4;

    // Of 1 ms each these are 64,000 and 512,000 reads a second of one instance.
    private static readonly int[] Windows = [64, 512];

    private static readonly TimeSpan Round = TimeSpan.FromSeconds(3);

    public string Name => "read.client.limit";

    public async Task<IReadOnlyList<FigureResult>> MeasureAsync(
        BenchSystem system, int rounds, CancellationToken cancellationToken)
    {
        var port = FreePorts.Take(IPAddress.Loopback);
        await using var responder = await ChildProcess.StartAsync(new ChildProcessOptions
        {
            Name = "fixed-responder",
            FileName = Environment.ProcessPath!,
            Arguments =
            [
                .. BenchSystem.OwnArguments,
                FixedResponder.CommandName,
                port.ToString(CultureInfo.InvariantCulture),
                system.CassandraAddress.Port.ToString(CultureInfo.InvariantCulture),
            ],
            LogFile = Path.Combine(system.Folder, "fixed-responder", "fixed-responder.log"),
        });
        await using var client = await system.ConnectAsync(port, cancellationToken);
        var keys = new[] { BenchSystem.SeededKey(0) };
        // The first read is the one whose answer is repeated.
        await client.ReadAsync(keys[0], cancellationToken);
        var results = new List<FigureResult>();
        foreach (var inFlight in Windows)
        {
            results.Add(await CompareAsync(client, keys, port, inFlight, rounds));
        }

        return results;
    }

    private async Task<FigureResult> CompareAsync(
        CassandraClient client, StockKey[] keys, int port, int inFlight, int rounds)
    {
        await ClientLoop.RunAsync(client, keys, inFlight, Round);
        await RawAsync(port, inFlight);
        List<double> ours = [], raw = [], cpu = [];
        for (var round = 0; round < rounds; round++)
        {
            var result = await ClientLoop.RunAsync(client, keys, inFlight, Round);
            ours.Add(result.Rate);
            cpu.Add(result.CpuMicroseconds);
            raw.Add(await RawAsync(port, inFlight));
        }

        var name = string.Create(CultureInfo.InvariantCulture, $"{Name}.{inFlight}");
        return FigureResult.Against(name, "reads/s", ours, "raw socket", raw, Least) with
        {
            Note = string.Create(
                CultureInfo.InvariantCulture,
                $"{inFlight} at a time on {Connections} connections; client CPU a read: {Median.Of(cpu):0.00} us"),
        };
    }

    private static async Task<double> RawAsync(int port, int inFlight)
    {
        var began = TimeProvider.System.GetTimestamp();
        var counts = await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => Task.Run(() => LoopAsync(port, inFlight / Connections, began))));
        return counts.Sum() / TimeProvider.System.GetElapsedTime(began).TotalSeconds;
    }

    // As many requests as are answered are sent again: the window stays full, as the client keeps it.
    private static async Task<long> LoopAsync(int port, int window, long began)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, port);
        var requests = Requests(window);
        var answers = new byte[256 * 1024];
        await socket.SendAsync(requests);
        var answerBytes = 0;
        var rest = 0;
        var count = 0L;
        while (TimeProvider.System.GetElapsedTime(began) < Round)
        {
            var received = await socket.ReceiveAsync(answers.AsMemory(rest));
            answerBytes = answerBytes == 0
                ? HeaderBytes + BinaryPrimitives.ReadInt32BigEndian(answers.AsSpan(HeaderBytes - sizeof(int)))
                : answerBytes;
            var answered = (rest + received) / answerBytes;
            rest = (rest + received) % answerBytes;
            count += answered;
            for (var left = answered; left > 0; left -= Math.Min(left, window))
            {
                await socket.SendAsync(requests.AsMemory(0, Math.Min(left, window) * RequestBytes));
            }
        }

        return count;
    }

    private static byte[] Requests(int count)
    {
        var requests = new byte[count * RequestBytes];
        for (var index = 0; index < count; index++)
        {
            var frame = requests.AsSpan(index * RequestBytes, RequestBytes);
            frame[0] = 0x03;
            BinaryPrimitives.WriteInt16BigEndian(frame[2..], (short)index);
            frame[4] = 0x0A;
            BinaryPrimitives.WriteInt32BigEndian(frame[5..], RequestBytes - HeaderBytes);
        }

        return requests;
    }
}
