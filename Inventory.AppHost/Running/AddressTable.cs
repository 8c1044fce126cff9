using Inventory.AppHost.Endpoints;
using Spectre.Console;

namespace Inventory.AppHost.Running;

/// <summary>Prints where everything is.</summary>
internal static class AddressTable
{
    public static void Write(SystemEndpoints endpoints)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("What", "Where");
        table.AddRow("Gateway (the one door)", endpoints.Gateway.ToString());
        foreach (var (name, address) in endpoints.Services)
        {
            table.AddRow(name, address.ToString());
        }

        foreach (var (name, connectionString) in endpoints.ConnectionStrings)
        {
            table.AddRow(name, Markup.Escape(WithoutPassword(connectionString)));
        }

        AnsiConsole.Write(table);

        // Outside the table, whose cells are broken to fit the terminal: this is for pasting.
        if (endpoints.Dashboard is { } dashboard)
        {
            Console.WriteLine($"Aspire dashboard: {dashboard}");
        }

        Console.WriteLine($"export TOKEN={endpoints.Token}");
        Console.WriteLine();
    }

    private static string WithoutPassword(string connectionString) =>
        string.Join(';', connectionString.Split(';').Where(part =>
            !part.StartsWith("Password=", StringComparison.OrdinalIgnoreCase)));
}
