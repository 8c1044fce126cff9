using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Inventory.Tools.Bench.Processes;

/// <summary>Asks the probe in a process under test.</summary>
internal sealed class ProbeClient(string path)
{
    public string Path => path;

    /// <summary>Bytes allocated since the process began, by all its threads.</summary>
    public Task<long> AllocatedAsync() => AskAsync("a", 0);

    /// <summary>Bytes in use after a full collection.</summary>
    public Task<long> HeapAsync() => AskAsync("c", 1);

    private async Task<long> AskAsync(string command, int part)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(path));
        await socket.SendAsync(Encoding.ASCII.GetBytes(command));
        var buffer = new byte[128];
        var length = await socket.ReceiveAsync(buffer);
        return long.Parse(
            Encoding.ASCII.GetString(buffer, 0, length).Split(' ')[part], CultureInfo.InvariantCulture);
    }
}
