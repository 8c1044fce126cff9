using System.Globalization;
using System.Net.Sockets;
using System.Text;

#pragma warning disable CA1050, MA0047, CA1812, MA0182 // The runtime looks for this very name, without a namespace.

/// <summary>
/// Loaded by the runtime into a process under test (<c>DOTNET_STARTUP_HOOKS</c>) before its Main: answers each connection
/// to a socket with what only the process itself knows, and adds nothing to what is measured until then.
/// </summary>
internal static class StartupHook
{
    public const string SocketVariable = "INVENTORY_BENCH_PROBE";

    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable(SocketVariable) is { Length: > 0 } path)
        {
            new Thread(() => Serve(path)) { IsBackground = true, Name = "bench probe" }.Start();
        }
    }

    private static void Serve(string path)
    {
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(path));
        listener.Listen();
        var command = new byte[1];
        while (true)
        {
            using var connection = listener.Accept();
            if (connection.Receive(command) == 1 && command[0] == (byte)'c')
            {
                GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            }

            connection.Send(Encoding.ASCII.GetBytes(string.Create(
                CultureInfo.InvariantCulture,
                $"{GC.GetTotalAllocatedBytes(precise: true)} {GC.GetTotalMemory(forceFullCollection: false)}")));
        }
    }
}
