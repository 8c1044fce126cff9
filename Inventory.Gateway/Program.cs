using Inventory.Gateway;

await GatewayApplication.Build(args).RunAsync();
