package Kernel::System::AcmeNotes;

1;
