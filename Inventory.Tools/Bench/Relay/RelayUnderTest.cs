using System.Globalization;
using System.Net;
using Inventory.Contracts.Composition;
using Inventory.Servers.Ports;
using Inventory.Servers.Processes;

namespace Inventory.Tools.Bench.Relay;

/// <summary>The published relay, with native code beside the IL as in the image, in a process of its own.</summary>
internal sealed class RelayUnderTest : IAsyncDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);

    private readonly HttpClient _client;

    private RelayUnderTest(ChildProcess process, Uri address)
    {
        Process = process;
        _client = new HttpClient { BaseAddress = address };
    }

    public ChildProcess Process { get; }

    /// <summary>Starts it and returns at once: what it finds waiting it begins to carry before it is ready.</summary>
    public static async Task<RelayUnderTest> StartAsync(
        string folder, string program, Dictionary<string, string?> environment, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var address = new Uri(string.Create(
            CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePorts.Take(IPAddress.Loopback)}"));
        environment["ASPNETCORE_URLS"] = address.OriginalString;
        environment["DOTNET_gcServer"] = "0";
        var process = await ChildProcess.StartAsync(new ChildProcessOptions
        {
            Name = "relay",
            FileName = program,
            Environment = environment,
            WorkingDirectory = Path.GetDirectoryName(program),
            LogFile = Path.Combine(folder, "relay", "relay.log"),
        });
        return new RelayUnderTest(process, address);
    }

    public async Task WaitUntilReadyAsync(CancellationToken cancellationToken)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!await IsReadyAsync(cancellationToken))
        {
            if (Process.HasExited || TimeProvider.System.GetElapsedTime(began) > StartTimeout)
            {
                throw new ToolException($"The relay did not become ready:\n{Process.ReadLogTail()}");
            }

            await Task.Delay(50, cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Process.DisposeAsync();
        _client.Dispose();
    }

    private async Task<bool> IsReadyAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var response = await _client.GetAsync(new Uri(HealthPaths.Ready, UriKind.Relative), cancellationToken);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
