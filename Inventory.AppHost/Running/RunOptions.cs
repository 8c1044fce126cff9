using System.Globalization;
using Aspire.Hosting;
using Inventory.Servers.Packages;
using Microsoft.Extensions.Configuration;

namespace Inventory.AppHost.Running;

/// <summary>What may be asked for when the system is run on this machine, by command line or configuration.</summary>
internal sealed class RunOptions
{
    private const string FreshFlag = "--fresh";
    private const string NoDashboardFlag = "--no-dashboard";

    private static readonly string Home = Path.Combine(Repository.Root, ".inventory");

    private readonly IConfiguration _configuration;

    public RunOptions(string[] args, IConfiguration configuration)
    {
        _configuration = configuration;
        Fresh = args.Contains(FreshFlag, StringComparer.Ordinal);
        NoDashboard = args.Contains(NoDashboardFlag, StringComparer.Ordinal);
        Stages = new Stages(Progress);
    }

    /// <summary><c>--fresh</c>: the embedded stores begin without the data of the last run.</summary>
    public bool Fresh { get; }

    /// <summary><c>--no-dashboard</c>.</summary>
    public bool NoDashboard { get; }

    /// <summary><c>--data-directory</c>: of the embedded stores.</summary>
    public string DataDirectory => _configuration["data-directory"] ?? Path.Combine(Home, "run");

    /// <summary><c>--endpoints-file</c>: tells the tools where the system is.</summary>
    public string EndpointsFile => _configuration["endpoints-file"] ?? Path.Combine(Home, "endpoints.json");

    /// <summary><c>--gateway-port</c>: null for the usual one, or any if that is taken; 0 for any.</summary>
    public int? GatewayPort => Port("gateway-port");

    /// <summary><c>--dashboard-port</c>: likewise.</summary>
    public int? DashboardPort => Port("dashboard-port");

    /// <summary><c>--topic-partitions</c>: of the stock changes, in an embedded Kafka.</summary>
    public int? TopicPartitions => Number("topic-partitions");

    /// <summary><c>--progress false</c>: nothing is printed; for tests.</summary>
    public bool Progress => !string.Equals(_configuration["progress"], "false", StringComparison.OrdinalIgnoreCase);

    /// <summary>What is being done, for whoever waits.</summary>
    public Stages Stages { get; }

    /// <summary>Flags without a value are taken out: the configuration would read what follows as their value.</summary>
    public static DistributedApplicationOptions ForBuilder(string[] args) => new()
    {
        Args = [.. args.Where(argument => argument is not (FreshFlag or NoDashboardFlag))],
        DisableDashboard = args.Contains(NoDashboardFlag, StringComparer.Ordinal),

        // Everything is on loopback.
        AllowUnsecuredTransport = true,
        TrustDeveloperCertificate = false,
    };

    private int? Port(string key) =>
        Number(key) is not { } port ? null
        : port <= ushort.MaxValue ? port
        : throw new DistributedApplicationException($"--{key} is {port}: a port is at most {ushort.MaxValue}.");

    private int? Number(string key) =>
        _configuration[key] is not { } text ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : throw new DistributedApplicationException($"--{key} is '{text}': it must be a number.");
}
