# placeholder until merged
choose_packages() { :; }
