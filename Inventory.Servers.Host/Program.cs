using Inventory.Servers.Host;

return await HostCommand.RunAsync(args);
