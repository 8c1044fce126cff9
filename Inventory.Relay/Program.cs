using Inventory.Relay;

await RelayApplication.Build(args).RunAsync();
