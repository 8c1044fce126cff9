using Inventory.Migrations;

return await MigrationsApplication.RunAsync(args);
